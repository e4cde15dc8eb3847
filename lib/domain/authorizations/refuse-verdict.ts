import { listed } from '../../base/listed.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Verdict } from './rules.ts'

/** What a person is told who comes with a yes that may not be recorded (any more). */
export function refuseVerdict(verdict: Exclude<Verdict, { kind: 'allow' | 'consent' }>): Refusal {
  switch (verdict.kind) {
    case 'unavailable':
      return new Refusal('not-found', 'This app is not available.')
    case 'refused':
      return new Refusal(
        'forbidden',
        verdict.because === 'network'
          ? 'Your organization lets this app in only from some networks, and you are in none of them.'
          : 'You have no active place in this organization.',
      )
    case 'blocked':
      return new Refusal('forbidden', 'Your organization has blocked this app.')
    case 'paused':
      return new Refusal('forbidden', 'Your organization has frozen this app for now.')
    case 'closed':
      return new Refusal('forbidden', 'Your organization lets nobody authorize anything new.')
    case 'approval-needed':
      return new Refusal(
        'forbidden',
        'An administrator of your organization has to allowlist this app first.',
      )
    case 'invalid-scope':
      return new Refusal('invalid', `The app may not ask for ${listed(verdict.scopes)}.`)
  }
}
