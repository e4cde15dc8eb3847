import { expect, it } from 'vitest'
import { standingErrors } from './standing-errors.tsx'

const ERRORS = { name: 'Taken.', 'redirectUris.1': 'Use https.' }
const SENT = { name: 'Ledger', redirectUris: ['https://a.example', 'http://b.example'] }

it('keeps what is wrong while the fields are as they were sent', () => {
  expect(standingErrors(ERRORS, SENT, structuredClone(SENT))).toEqual(ERRORS)
})

it('lets an error go with the value it was about, and only that one', () => {
  expect(standingErrors(ERRORS, SENT, { ...SENT, name: 'Ledger 2' })).toEqual({
    'redirectUris.1': 'Use https.',
  })
  expect(standingErrors(ERRORS, SENT, { ...SENT, redirectUris: ['https://a.example'] })).toEqual({
    name: 'Taken.',
  })
})
