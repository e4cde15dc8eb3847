import { listed } from '../../base/listed.ts'

/** Why an app's owner changed: somebody edited it, or the former one lost what an owner needs. */
export const MARK_TRIGGERS = ['edited', 'rights-lost', 'membership-ended', 'account-ended'] as const
export type MarkTrigger = (typeof MARK_TRIGGERS)[number]

/** What marked an app as due for rotation: `forgotten` is a new secret that nobody took along. */
export type MarkCause = (
  | { kind: 'forgotten' }
  | { kind: 'owner-changed'; trigger: MarkTrigger; from: string; to: string; at: Date }
) & {
  /** Who owned it when it was marked or since, and owns it no more, in the order they gave it up. */
  formerOwners: string[]
}

/** What happened, for one app or several, as a sentence goes on after their name: “moved to Noor when Ada left”. */
export function causeInWords(cause: MarkCause, apps: number): string {
  const [was, them] = apps === 1 ? ['was', 'it'] : ['were', 'them']
  if (cause.kind === 'forgotten') return `got a new secret that nobody took along`
  const { trigger, from, to } = cause
  switch (trigger) {
    case 'edited':
      return `${was} handed from ${from} to ${to}`
    case 'rights-lost':
      return `moved to ${to} when ${from} lost the rights to own ${them}`
    case 'membership-ended':
      return `moved to ${to} when ${from} left`
    case 'account-ended':
      return `moved to ${to} when ${from}’s account was deleted`
  }
}

/** Who may still know the secret, as the subject of a sentence: “Ada and Noor”. */
export function knowersOf({ formerOwners }: MarkCause): string | null {
  return formerOwners.length > 0 ? listed(formerOwners) : null
}
