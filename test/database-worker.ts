import postgres from 'postgres'
import { afterAll, inject } from 'vitest'
import { closeDatabase } from '#db/client'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { setSecretKey } from '#lib/base/secret-key'

/*
 * Runs before each file of database tests: gives the worker its own copy of the migrated template, once, and leads everything that
 * asks for a database there. Tests share it, so each makes an organization of its own.
 */
const name = `gatehouse_test_${process.env.VITEST_POOL_ID ?? '1'}`
const url = new URL(inject('templateUrl'))
const admin = postgres(inject('adminUrl'), { max: 1, onnotice: () => undefined })
const found = await admin`select 1 from pg_database where datname = ${name}`
if (!found.length) {
  const template = admin(url.pathname.slice(1))
  await admin`create database ${admin(name)} template ${template} owner ${admin(url.username)}`
}
await admin.end()

url.pathname = `/${name}`
process.env.DATABASE_URL = url.href
setSecretKey(Buffer.from(inject('secretKey'), 'hex'))
// What the shell gives is no test's business.
setEnvironment(readEnvironment({}))

afterAll(closeDatabase)
