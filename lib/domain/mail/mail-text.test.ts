import { beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment, setEnvironment } from '../../base/env.ts'
import { inOneLine, mailText } from './mail-text.ts'

beforeAll(() => setEnvironment(readEnvironment({ PUBLIC_URL: 'https://id.example.com' })))

describe('the text of a mail', () => {
  it('greets, says what happened, gives one link on a line of its own, and says why it came', () => {
    const text = mailText({
      to: 'Mia Lindqvist',
      happened: ['A new password was asked for.'],
      link: {
        words: 'To choose one, open:',
        path: '/reset-password?token=abc',
        goodFor: 'It works once, for 30 minutes.',
      },
      ifNotYou: 'If it was not you, do nothing.',
      why: 'You get this because it is your account.',
    })
    expect(text).toBe(`Hello Mia Lindqvist,

A new password was asked for.

To choose one, open:

https://id.example.com/reset-password?token=abc

It works once, for 30 minutes.

If it was not you, do nothing.

You get this because it is your account.
Gatehouse at https://id.example.com
`)
  })

  it('lets no name begin a line or hide a sign', () => {
    const text = mailText({
      to: 'Mia\r\n\r\nhttps://elsewhere.example',
      happened: ['Ada\u2028https://elsewhere.example \u202ewrote.'],
      why: 'Because.',
    })
    expect(text.split('\n').filter((line) => line.startsWith('https://elsewhere'))).toEqual([])
    expect(text).not.toMatch(/[\r\u2028\u202e]/)
    expect(inOneLine('Invitation\r\nBcc: everybody@example.com')).toBe(
      'Invitation Bcc: everybody@example.com',
    )
  })
})
