import { describe, expect, it } from 'vitest'
import { transaction } from '#test/database'
import { insertUser } from './insert-user.ts'
import { hashPassword, verifyPassword } from './passwords.ts'

const person = (word: string) => ({
  username: `ana.${word}`,
  email: `ana.${word}@example.com`,
  fullName: 'Ana Ruiz',
})
const insert = (values: ReturnType<typeof person>) => transaction((tx) => insertUser(tx, values))

describe('a new account', () => {
  it('keeps its password as argon2id only', async () => {
    const hash = await hashPassword('correct horse battery')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword(hash, 'correct horse battery')).toBe(true)
    expect(await verifyPassword(hash, 'correct horse batterz')).toBe(false)
  })

  it('cannot have a username or an e-mail address that somebody has, whatever its case', async () => {
    expect(await insert(person('twice'))).toMatch(/^usr_/)
    await expect(insert({ ...person('other'), username: 'ANA.TWICE' })).rejects.toMatchObject({
      code: 'conflict',
      fields: { username: expect.any(String) },
    })
    await expect(insert({ ...person('other'), email: 'Ana.Twice@example.com' })).rejects.toMatchObject({
      code: 'conflict',
      fields: { email: expect.any(String) },
    })
  })
})
