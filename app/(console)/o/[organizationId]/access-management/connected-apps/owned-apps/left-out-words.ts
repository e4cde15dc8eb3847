import type { RotationOutcome } from '#lib/domain/connected-apps/rules'

type Reason = Exclude<RotationOutcome, 'ready'>

/** Why an app is left out of a bulk rotation, beside its name. */
export const LEFT_OUT: Readonly<Record<Reason, string>> = {
  'public-client': 'Keeps no secret',
  'not-held': 'May do more than you',
  full: 'Has five live secrets: choose “At once”, or end one',
  underway: 'In another rotation',
}

const AS_A_SENTENCE: Readonly<Record<Reason, [one: string, more: string]>> = {
  'public-client': ['keeps no secret', 'keep no secret'],
  'not-held': ['may do more than you', 'may do more than you'],
  full: ['has five live secrets', 'have five live secrets'],
  underway: ['is in another rotation', 'are in another rotation'],
}

/** Why a button names fewer than are counted beside it: “One is left out: it may do more than you.” */
export function leftOutWords(leftOut: Partial<Record<RotationOutcome, number>>): string {
  const reasons = Object.keys(AS_A_SENTENCE) as Reason[]
  const parts = reasons.flatMap((reason) => {
    const count = leftOut[reason] ?? 0
    return count > 0 ? [{ reason, count }] : []
  })
  const all = parts.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return ''
  const [first] = parts
  const isOne = all === 1
  const are = `${isOne ? 'One' : all.toLocaleString('en')} ${isOne ? 'is' : 'are'} left out`
  if (parts.length === 1 && first) {
    const [one, more] = AS_A_SENTENCE[first.reason]
    return `${are}: ${isOne ? `it ${one}` : `they ${more}`}.`
  }
  const each = parts.map(({ reason, count }) => `${count} ${AS_A_SENTENCE[reason][count === 1 ? 0 : 1]}`)
  return `${are}: ${each.join(', ')}.`
}
