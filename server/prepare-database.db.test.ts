import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { setSecretKey } from '#lib/base/secret-key'
import { type Purpose, prepareDatabase } from './prepare-database.ts'

const admin = postgres(inject('adminUrl'), { max: 1, onnotice: () => undefined })
const key = randomBytes(32)
let made = 0
let url: URL

beforeAll(() => setSecretKey(key))
afterAll(async () => {
  setSecretKey(Buffer.from(inject('secretKey'), 'hex'))
  await admin.end()
})

beforeEach(async () => {
  url = new URL(inject('templateUrl'))
  const name = `prepare_${process.env.VITEST_POOL_ID}_${process.pid}_${made++}`
  await admin`create database ${admin(name)} owner ${admin(url.username)}`
  url.pathname = `/${name}`
  setSecretKey(key)
})

describe('preparing a database', () => {
  it('can be done by several processes at once, and again', async () => {
    await Promise.all([1, 2, 3].map(() => prepareDatabase(url.href, 'production')))
    await prepareDatabase(url.href, 'production')
  })

  it.each<Purpose>(['demo', 'development', 'test'])(
    'refuses to serve one marked %s as production [P134]',
    async (purpose) => {
      await prepareDatabase(url.href, purpose)
      await expect(prepareDatabase(url.href, 'production')).rejects.toThrow(`marked "${purpose}"`)
    },
  )

  it('refuses to make a demo of a production database [P134]', async () => {
    await prepareDatabase(url.href, 'production')
    await expect(prepareDatabase(url.href, 'demo')).rejects.toThrow('marked "production"')
  })

  it('refuses another secret key, and takes one that names the key before it', async () => {
    await prepareDatabase(url.href, 'production')
    const next = randomBytes(32)
    setSecretKey(next)
    await expect(prepareDatabase(url.href, 'production')).rejects.toThrow('SECRET_KEY is not the one')
    setSecretKey(next, key)
    await prepareDatabase(url.href, 'production')
    setSecretKey(next)
    await prepareDatabase(url.href, 'production')
  })

  it('refuses one that a newer version has migrated', async () => {
    await prepareDatabase(url.href, 'production')
    const sql = postgres(url.href, { max: 1 })
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999)`
    await sql.end()
    await expect(prepareDatabase(url.href, 'production')).rejects.toThrow('newer version')
  })

  it('says where the database is that does not answer, without its password', async () => {
    const away = new URL('postgres://gatehouse:hidden-words@127.0.0.1:1/gatehouse')
    const refused = prepareDatabase(away.href, 'production')
    await expect(refused).rejects.toThrow('127.0.0.1:1/gatehouse cannot be reached')
    await expect(refused).rejects.not.toThrow('hidden-words')
  })
})
