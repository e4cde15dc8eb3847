import { expect, it } from 'vitest'
import { causeInWords, knowersOf, MARK_TRIGGERS, type MarkCause, type MarkTrigger } from './mark-causes.ts'

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
  for (const [formerOwners, knowers] of [
    [['Ada'], 'Ada'],
    [['Ada', 'Noor'], 'Ada and Noor'],
    [['Ada', 'Noor', 'Ben'], 'Ada, Noor and Ben'],
  ] as const) {
    const known = { ...cause, formerOwners: [...formerOwners] }
    expect([causeInWords(known, 1), causeInWords(known, 3)]).toEqual(WORDS[trigger])
    expect(knowersOf(known)).toBe(knowers)
  }
})

it('names nobody where a new secret was forgotten', () => {
  const cause: MarkCause = { kind: 'forgotten', formerOwners: [] }
  expect(causeInWords(cause, 1)).toBe('got a new secret that nobody took along')
  expect(knowersOf(cause)).toBeNull()
})

it('names who owned an app after its new secret was forgotten', () => {
  expect(knowersOf({ kind: 'forgotten', formerOwners: ['Ada'] })).toBe('Ada')
})
