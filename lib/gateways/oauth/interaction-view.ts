import type { Id } from '../../base/ids.ts'

/** A scope in the words a person is asked in. */
export type AskedScope = { name: string; title: string; description: string; risk: 'low' | 'medium' | 'high' }

/** Who asks, and where the person goes afterwards. */
export type Asking = {
  uid: string
  app: { id: Id<'app'>; clientId: string; name: string; publisher: string; website: string | null }
  /** The redirect URI itself (pages let forms lead there), and its host, or the scheme of a native app. Null: a device shows the answer. */
  redirectUri: string | null
  returnsTo: string | null
}

/** As whom, and for which organization. */
export type Answering = Asking & {
  person: { name: string; email: string }
  organization: { id: Id<'organization'>; name: string }
  /** Whether the person could answer for another organization instead. */
  hasOtherOrganizations: boolean
}

/**
 * What one interaction shows its person at this moment: the verdict, in the shape a page draws. Worked out anew each time
 * the page is loaded, so that reloading is "start again".
 */
export type InteractionView =
  | ({ kind: 'sign-in'; loginHint: string | null } & Asking)
  | ({
      kind: 'choose-organization'
      person: Answering['person']
      organizations: { id: Id<'organization'>; name: string }[]
    } & Asking)
  /** `asked` in all, of which `scopes` are new and `granted` the person allowed before. `isListed`: administrators have allowlisted it. `withheld` is left out, because nobody has approved it; `request` asks for it. */
  | ({
      kind: 'consent'
      asked: readonly string[]
      scopes: AskedScope[]
      granted: AskedScope[]
      isListed: boolean
      withheld: AskedScope[]
    } & Asks &
      Answering)
  /** `missing` is what an administrator has to add, `listed` what is allowlisted already. */
  | ({
      kind: 'approval-needed'
      missing: AskedScope[]
      listed: AskedScope[]
    } & Asks &
      Answering)
  | ({ kind: 'blocked' | 'paused' | 'closed' } & Answering)
  /** The organization lets the app in from its networks alone, and this address is in none of them. */
  | ({ kind: 'elsewhere'; address: string | null } & Answering)
  | ({ kind: 'unavailable' | 'refused' } & Asking & { person: Answering['person'] })
  /** A device asked, and waits no longer. */
  | ({ kind: 'not-awaited' } & Asking)
  /** Nothing is left to ask: the browser goes on to `location`. */
  | { kind: 'settled'; location: string }
  /** Ended, answered already, or begun at another browser. */
  | { kind: 'gone' }

/** The request that the person can send, or why there is none, as for somebody who was stopped at too many apps lately. Both are null where there is nothing to ask for. */
export type Asks = { request: WaitingRequest | null; noRequest: string | null }

/** The request for approval that the person is blocked on: a draft until somebody presses Request. */
export type WaitingRequest = {
  id: Id<'approvalRequest'>
  /** The approval link. */
  link: string
  /** What this person sent, if they pressed Request. */
  own: { reason: string; requestedAt: Date } | null
  /** How many others pressed Request. */
  othersWaiting: number
}
