import { customType, timestamp } from 'drizzle-orm/pg-core'
import { type Id, type IdKind, idOf, uuidOf } from '../lib/base/ids.ts'

/** An id of one kind: a `uuid` in the table, `app_01k9…` in the code. */
export const id = <K extends IdKind>(kind: K) =>
  customType<{ data: Id<K>; driverData: string }>({
    dataType: () => 'uuid',
    toDriver: uuidOf,
    fromDriver: (uuid) => idOf(kind, uuid),
  })

/** A digest or sealed value. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value),
})

/** One network address. */
export const inet = customType<{ data: string }>({ dataType: () => 'inet' })

/** A network of addresses: `203.0.113.0/24`. */
export const cidr = customType<{ data: string }>({ dataType: () => 'cidr' })

/** A moment, by the database's clock unless the column says otherwise. */
export const moment = () => timestamp({ withTimezone: true, mode: 'date' })
