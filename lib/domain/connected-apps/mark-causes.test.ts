import { expect, it } from 'vitest'
import { causeInWords, knowerOf, MARK_TRIGGERS, type MarkTrigger } from './mark-causes.ts'

const WORDS: Record<MarkTrigger, [one: string, more: string]> = {
  edited: ['was handed from Ada to Noor', 'were handed from Ada to Noor'],
  'rights-lost': [
    'moved to Noor when Ada lost the rights to own it',
    'moved to Noor when Ada lost the rights to own them',
  ],
  'membership-ended': ['moved to Noor when Ada left', 'moved to Noor when Ada left'],
  'account-ended': [
    'moved to Noor when Ada’s account was deleted',
    'moved to Noor when Ada’s account was deleted',
  ],
}

it.each(MARK_TRIGGERS)('says of apps whose owner changed (%s) what happened [P18]', (trigger) => {
  const cause = { kind: 'owner-changed', trigger, from: 'Ada', to: 'Noor', at: new Date() } as const
  expect([causeInWords(cause, 1), causeInWords(cause, 3)]).toEqual(WORDS[trigger])
  expect(knowerOf(cause)).toBe('Ada')
})

it('names nobody where a new secret was forgotten', () => {
  expect(causeInWords({ kind: 'forgotten' }, 1)).toBe('got a new secret that nobody took along')
  expect(knowerOf({ kind: 'forgotten' })).toBeNull()
})
