import { describe, expect, it } from 'vitest'
import { as, SYSTEM } from '#test/actors'
import { makeUser } from '#test/factories'
import { hashPassword, verifyPassword } from './passwords.ts'
import { registerUser } from './register-user.ts'

const person = (word: string) => ({
  username: `ana.${word}`,
  email: `ana.${word}@example.com`,
  fullName: 'Ana Ruiz',
})

describe('registering a person', () => {
  it('makes an account whose password is kept as argon2id only', async () => {
    const hash = await hashPassword('correct horse battery')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword(hash, 'correct horse battery')).toBe(true)
    expect(await verifyPassword(hash, 'correct horse batterz')).toBe(false)
    const { userId } = await registerUser(SYSTEM, { ...person('made'), password: 'correct horse battery' })
    expect(userId).toMatch(/^usr_/)
  })

  it('refuses a username or an e-mail address that somebody has, whatever its case', async () => {
    await registerUser(SYSTEM, person('twice'))
    const sameName = { ...person('other'), username: 'ANA.TWICE' }
    await expect(registerUser(SYSTEM, sameName)).rejects.toMatchObject({
      code: 'conflict',
      fields: { username: expect.any(String) },
    })
    const sameEmail = { ...person('other'), email: 'Ana.Twice@example.com' }
    await expect(registerUser(SYSTEM, sameEmail)).rejects.toMatchObject({
      code: 'conflict',
      fields: { email: expect.any(String) },
    })
  })

  it('refuses a short password with a sentence under its field', async () => {
    await expect(registerUser(SYSTEM, { ...person('short'), password: 'short' })).rejects.toMatchObject({
      code: 'invalid',
      fields: { password: expect.stringContaining('12') },
    })
  })

  it('refuses everybody but the process itself', async () => {
    const operator = await makeUser({ isOperator: true })
    await expect(registerUser(as(operator), person('guest'))).rejects.toMatchObject({ code: 'forbidden' })
  })
})
