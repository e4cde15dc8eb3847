import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, inject, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { signingKeys } from '#db/schema/signing-keys'
import { setSecretKey } from '#lib/base/secret-key'
import { as } from '#test/actors'
import { makeOrganization, makeUser } from '#test/factories'
import { currentKeys, keysFingerprint } from './current-keys.ts'
import { resealSigningKeys } from './reseal-signing-keys.ts'
import { rotateSigningKey } from './rotate-signing-key.ts'

const signsWith = async (algorithm: string) => (await currentKeys()).find((key) => key.alg === algorithm)?.kid

/** As if these keys had been made that long ago. */
const age = (minutes: number) =>
  database()
    .update(signingKeys)
    .set({ createdAt: sql`created_at - make_interval(mins => ${minutes})` })

describe('signing keys', () => {
  beforeEach(async () => {
    await database().delete(signingKeys)
  })

  it('are made once at the first start, however many processes start at the same moment', async () => {
    const starts = await Promise.all(Array.from({ length: 6 }, () => currentKeys()))
    const [first = []] = starts
    expect(first.map((key) => key.alg).sort()).toEqual(['ES256', 'RS256'])
    for (const keys of starts)
      expect(new Set(keys.map((key) => key.kid))).toEqual(new Set(first.map((key) => key.kid)))
    expect(await currentKeys()).toEqual(first)
  })

  it('keep their private halves sealed', async () => {
    const keys = await currentKeys()
    for (const row of await database().select().from(signingKeys)) {
      const key = keys.find(({ kid }) => kid === row.id)
      expect(key?.d).toBeTruthy()
      expect(row.publicJwk).not.toHaveProperty('d')
      expect(row.sealedPrivateJwk.toString('latin1')).not.toContain(key?.d)
    }
  })

  it('are sealed anew when SECRET_KEY changes, and then need the former one no more', async () => {
    const [former, present] = [randomBytes(32), randomBytes(32)]
    const master = Buffer.from(inject('secretKey'), 'hex')
    try {
      setSecretKey(former)
      const before = await currentKeys()
      expect(await resealSigningKeys()).toBe(0)
      setSecretKey(present, former)
      expect(await resealSigningKeys()).toBe(before.length)
      setSecretKey(present)
      expect(await currentKeys()).toEqual(before)
    } finally {
      setSecretKey(master)
    }
  })

  it('are published before they sign, and after they retire', async () => {
    const operator = as(await makeUser({ isOperator: true }))
    const before = await signsWith('RS256')
    await age(60)
    const fingerprint = await keysFingerprint()
    const { signingKeyId } = await rotateSigningKey(operator, { algorithm: 'RS256' })
    expect(await keysFingerprint()).not.toBe(fingerprint)
    expect((await currentKeys()).map((key) => key.kid)).toContain(signingKeyId)
    expect(await signsWith('RS256')).toBe(before)
    await age(11)
    expect(await signsWith('RS256')).toBe(signingKeyId)
    await rotateSigningKey(operator, { algorithm: 'RS256' })
    const published = (await currentKeys()).map((key) => key.kid)
    expect(published).toContain(before)
    await database().update(signingKeys).set({ retiredAt: sql`retired_at - interval '25 hours'` })
    expect((await currentKeys()).map((key) => key.kid)).not.toContain(before)
    const happened = await database().select().from(events).where(eq(events.name, 'signing-key.rotated'))
    expect(happened.map((event) => event.subjectId)).toContain(signingKeyId)
  })

  it('are rotated by operators alone; anyone else is refused', async () => {
    const { owner } = await makeOrganization()
    await currentKeys()
    const rotation = rotateSigningKey(as(owner), { algorithm: 'ES256' })
    await expect(rotation).rejects.toMatchObject({ code: 'forbidden' })
    expect(await database().select().from(signingKeys)).toHaveLength(2)
  })
})
