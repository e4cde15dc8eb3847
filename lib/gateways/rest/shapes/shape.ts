import { z } from 'zod'
import type { Cursor } from '../../../base/cursor.ts'
import { idSchema } from '../../../base/id-schema.ts'
import { PERMISSIONS, type Permission } from '../../../domain/permissions/catalogue.ts'

/** A moment: a `Date` here, text of RFC 3339 in the answer. */
export const moment = z.date().meta({
  type: 'string',
  format: 'date-time',
  examples: ['2026-03-14T09:26:53.589Z'],
})

export const organizationId = idSchema('organization', 'That is no organization’s ID.')
export const userId = idSchema('user', 'That is no person’s ID.')
export const appId = idSchema('app', 'That is no app ID.')

/** What the caller may do with it: names of permissions. */
export const abilities = z
  .array(z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]]))
  .readonly()
  .meta({ description: 'What the caller may do with it.' })

export const named = <Id extends z.ZodType>(id: Id) => z.object({ id, name: z.string() })

export const person = z.object({ id: userId, fullName: z.string(), username: z.string() })

export const scopeInWords = z
  .object({
    name: z.string(),
    title: z.string(),
    description: z.string(),
    risk: z.enum(['low', 'medium', 'high']),
  })
  .meta({ id: 'Scope' })

/** What every list answers: `data`, and where it goes on; `next` is null at its end. More stands beside them. */
export function page<Row extends z.ZodType, More extends z.ZodRawShape = Record<never, never>>(
  row: Row,
  more: More = {} as More,
) {
  return z.object({
    data: z.array(row),
    next: z.string().nullable().meta({ description: 'The `cursor` of the next page; null at the end.' }),
    ...more,
  })
}

/** The rows of a query as the answer of a list. */
export function paged<Row, More extends object>({ rows, ...more }: { rows: Row[]; next: Cursor } & More) {
  return { body: { data: rows, ...more } }
}

/** A list that has no second page. */
export function whole<Row>(rows: Row[]) {
  return { body: { data: rows, next: null } }
}

export const jwtsUntil = moment.nullable().meta({
  description:
    'Until when JWT access tokens that are out may still be accepted by an API that does not ask; null where there are none.',
})
