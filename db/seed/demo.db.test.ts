import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { closeDatabase, database } from '#db/client'
import { type DemoAccess, isSeeded, seedDemo } from './demo.ts'

const NAME = 'gatehouse_test_seed'
const PUBLIC_URL = 'http://localhost:3000'
const admin = postgres(inject('adminUrl'), { max: 1, onnotice: () => undefined })
let access: DemoAccess

/** The demo wants a database to itself, so these tests have one: a fresh copy of the template. */
beforeAll(async () => {
  const url = new URL(inject('templateUrl'))
  const template = admin(url.pathname.slice(1))
  await admin`create database ${admin(NAME)} template ${template} owner ${admin(url.username)}`
  await closeDatabase()
  url.pathname = `/${NAME}`
  process.env.DATABASE_URL = url.href
})

afterAll(async () => {
  await closeDatabase()
  await admin`drop database ${admin(NAME)}`
  await admin.end()
})

async function count(query: string): Promise<number> {
  const [row] = await database().execute<{ n: number }>(sql.raw(`select count(*)::int as n from ${query}`))
  return row?.n ?? 0
}

describe('a database that is not for the demo', () => {
  it('is refused while it is marked for something else [P134]', async () => {
    await expect(seedDemo({ purpose: 'demo', publicUrl: PUBLIC_URL })).rejects.toThrow('marked "test"')
    expect(await count('scopes')).toBe(0)
  })
})

describe('the demo', () => {
  beforeAll(async () => {
    expect(await isSeeded()).toBe(false)
    access = await seedDemo({ purpose: 'test', publicUrl: PUBLIC_URL })
  })

  it('is refused a second time [P134]', async () => {
    await expect(seedDemo({ purpose: 'test', publicUrl: PUBLIC_URL })).rejects.toThrow('already holds users')
    expect(await isSeeded()).toBe(true)
  })
})
