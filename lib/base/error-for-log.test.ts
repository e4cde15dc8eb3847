import { DrizzleQueryError } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { errorForLog } from './error-for-log.ts'

describe('an error in the log', () => {
  it('says what failed and where, without the values it was about', () => {
    const row = { detail: 'Key (email)=(mine@example.com) already exists.', where: 'row mine', code: '23505' }
    const cause = Object.assign(new Error('duplicate key'), row, { parameters: ['mine'] })
    const failed = new DrizzleQueryError(
      'insert into users values ($1, $2)',
      ['mine', 'multi\nline mine'],
      cause,
    )
    const logged = JSON.stringify(errorForLog(failed))
    expect(logged).not.toContain('mine')
    expect(logged).toContain('insert into users values ($1, $2)')
    expect(logged).toContain('duplicate key')
    expect(logged).toContain('23505')
    expect(logged).toContain('error-for-log.test.ts')
  })

  it('ends, also when causes go round in a circle', () => {
    const error = new Error('round')
    error.cause = error
    expect(JSON.stringify(errorForLog(error)).match(/"cause"/g)?.length).toBeLessThan(10)
  })

  it('is what it was when it is none', () => {
    expect(errorForLog('words')).toBe('words')
    expect(errorForLog(undefined)).toBeUndefined()
  })
})
