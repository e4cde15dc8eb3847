import { setTimeout as pause } from 'node:timers/promises'
import type postgres from 'postgres'

/** The product's role: it owns its databases and is no superuser. */
export const ROLE = 'gatehouse'

const ALONE_ASKED_MAX = 10
const ALONE_AGAIN_MILLISECONDS = 50

/** Makes the product's role if it is not there. The password is one of ours: hexadecimal, so it needs no quoting. */
export async function makeRole(admin: postgres.Sql, password: string): Promise<void> {
  const found = await admin`select 1 from pg_roles where rolname = ${ROLE}`
  if (found.length) return
  await admin.unsafe(`create role ${ROLE} login nosuperuser nocreatedb nocreaterole password '${password}'`)
  await admin.unsafe('revoke connect on database postgres, template1 from public')
}

/** Makes a database that only the product's role may enter, as a copy of `template` if one is named. */
export async function makeDatabase(admin: postgres.Sql, name: string, template?: string): Promise<void> {
  const found = await admin`select 1 from pg_database where datname = ${name}`
  if (found.length) return
  const copied = template ? admin`template ${admin(template)}` : admin``
  try {
    await admin`create database ${admin(name)} owner ${admin(ROLE)} ${copied}`
  } catch (error) {
    const isThere = ['42P04', '23505'].includes((error as { code?: string }).code ?? '')
    if (!isThere) throw error
  }
  await admin`revoke all on database ${admin(name)} from public`
}

/** Whether nobody but this connection is connected to the server: asked a few times, because backends end a moment after their clients. */
export async function isAlone(admin: postgres.Sql): Promise<boolean> {
  for (let asked = 0; asked < ALONE_ASKED_MAX; asked++) {
    const others = await admin`
      select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`
    if (others.length === 0) return true
    await pause(ALONE_AGAIN_MILLISECONDS)
  }
  return false
}
