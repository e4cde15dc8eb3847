import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { isVisibleText, UNSEEN_SENTENCE } from '../../base/visible-text.ts'
import { appIdSchema, scopeNamesSchema } from '../connected-apps/schema.ts'
import { organizationIdSchema } from '../organizations/schema.ts'
import { groupIdSchema } from '../people/schema.ts'
import { userIdSchema } from '../users/schema.ts'

export type Mode = 'unrestricted' | 'restricted' | 'closed'

/** What an administrator can read before deciding. */
export const REASON_LENGTH_MAX = 500
/** An approval link nobody used for so long is no longer what anyone waits for. */
export const REQUEST_DAYS = 30
/** Nobody is blocked on more different things in an hour; a script would be. */
export const DRAFTS_PER_PERSON_PER_HOUR = 30
/** Beyond this a person floods the inbox of their administrators. */
export const REQUESTS_PER_PERSON_PER_DAY = 20
/** Different things that one app has people ask for at a time: an inbox that holds more of one app has a broken app in it, or a hostile one. */
export const WAITING_PER_APP_MAX = 10
/** New ones of one app in a day, whatever became of the others: declining one does not make room for the next at once. */
export const REQUESTS_PER_APP_PER_DAY = 20
/** Different things of one app that people were stopped at and nobody asked for. More would only fill the table: the oldest give way. */
export const DRAFTS_PER_APP_MAX = 100
/** Whoever may answer requests hears of new ones by one mail an hour at most. */
export const NOTICE_PAUSE_MINUTES = 60
/** They are reminded when somebody has waited for so long… */
export const REMINDER_DAYS = 3
/** …and so long before it ends without an answer. */
export const LAST_REMINDER_DAYS = 3
/** Five years: whoever means longer means for good. */
export const ENTRY_DAYS_MAX = 5 * 366
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
/** Rows of a list on one page. */
export const PAGE_ROWS = 50

export const requestIdSchema = idSchema('approvalRequest', 'That is no approval link.')

const reasonSchema = z
  .string()
  .trim()
  .max(REASON_LENGTH_MAX, `A reason has at most ${REASON_LENGTH_MAX} characters.`)
  .refine(isVisibleText, UNSEEN_SENTENCE)

export const changePolicySchema = z.object({
  rootOrganizationId: organizationIdSchema,
  /** From the preview: the change is refused if its effect is another by now. */
  expectedFingerprint: z.string().max(100).optional(),
})
export type ChangePolicyInput = z.input<typeof changePolicySchema>

export const restrictSchema = changePolicySchema.extend({
  /** Whether internal apps pass without an entry from then on; absent: as before. */
  internalAutoApproval: z.boolean().optional(),
})
export type RestrictInput = z.input<typeof restrictSchema>

export const setInternalAutoApprovalSchema = changePolicySchema.extend({
  isOn: z.boolean(),
  /** When switching off: put the internal apps that people use on the allowlist, with the scopes they granted. */
  alsoListInUse: z.boolean().default(false),
})
export type SetInternalAutoApprovalInput = z.input<typeof setInternalAutoApprovalSchema>

const limits = {
  /** When the entry ends, and with it what people authorized; null: no end is set. */
  endsAt: z.iso
    .datetime({ offset: true, error: 'A moment is written as 2027-03-14T09:26:53Z.' })
    .transform((moment) => new Date(moment))
    .refine((moment) => moment.getTime() > Date.now(), 'This moment is over. Choose one to come.')
    .refine(
      (moment) => moment.getTime() < Date.now() + ENTRY_DAYS_MAX * DAY_MILLISECONDS,
      'An end lies at most five years ahead. Leave it out for an entry without one.',
    )
    .nullable(),
  /** The group of people the entry is for; null: everyone. */
  groupId: groupIdSchema.nullable(),
}

export const addEntrySchema = z.object({
  rootOrganizationId: organizationIdSchema,
  clientId: z.string().trim().min(1, 'The client ID is needed.').max(2000, 'That is no client ID.'),
  /** Absent: all that the app asks for today. */
  scopes: scopeNamesSchema.optional(),
  /** Of a new entry; one that is there keeps what it says. */
  endsAt: limits.endsAt.default(null),
  groupId: limits.groupId.default(null),
})
export type AddEntryInput = z.input<typeof addEntrySchema>

export const removeEntrySchema = z.object({ rootOrganizationId: organizationIdSchema, appId: appIdSchema })
export type RemoveEntryInput = z.input<typeof removeEntrySchema>

export const limitEntrySchema = removeEntrySchema.extend({
  /** What was read: a save over somebody's newer one is refused. */
  version: z.int('The version is a whole number.').min(1),
  /** Absent: as before; of each. */
  endsAt: limits.endsAt.optional(),
  groupId: limits.groupId.optional(),
})
export type LimitEntryInput = z.input<typeof limitEntrySchema>

export const trimEntrySchema = removeEntrySchema.extend({
  /** What is taken off: what else the entry holds by then stays. */
  remove: scopeNamesSchema,
})
export type TrimEntryInput = z.input<typeof trimEntrySchema>

export const draftRequestSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  appId: appIdSchema,
  /** All that was asked for. */
  scopes: scopeNamesSchema,
})
export type DraftRequestInput = z.input<typeof draftRequestSchema>

export const requestApprovalSchema = z.object({
  requestId: requestIdSchema,
  reason: reasonSchema.default(''),
  /** What the person's page called the app and its publisher: it is refused if they are called otherwise by now. */
  seen: z.object({ name: z.string(), publisher: z.string() }).optional(),
  /** Where the person was stopped, as the authorization server calls it: so that they can go on there. */
  interaction: z.string().max(100).optional(),
})
export type RequestApprovalInput = z.input<typeof requestApprovalSchema>

export const approveRequestSchema = z.object({
  requestId: requestIdSchema,
  /** Fewer than were asked for; absent: all of them. */
  scopes: scopeNamesSchema.optional(),
  /** From the page: the approval is refused if the app, or its publisher, was changed since. */
  expectedAppVersion: z.int().optional(),
  /** Lift the block of the app with it. */
  alsoUnblock: z.boolean().default(false),
  /** Of a new entry; one that is there keeps its end and its group. */
  endsAt: limits.endsAt.default(null),
  groupId: limits.groupId.default(null),
  /** Make an entry for a group one for everyone, where people outside that group ask. */
  openToEveryone: z.boolean().default(false),
})
export type ApproveRequestInput = z.input<typeof approveRequestSchema>

export const declineRequestSchema = z.object({ requestId: requestIdSchema, reason: reasonSchema.default('') })
export type DeclineRequestInput = z.input<typeof declineRequestSchema>

export const withdrawRequestSchema = z.object({ requestId: requestIdSchema })
export type WithdrawRequestInput = z.input<typeof withdrawRequestSchema>

/** As many as one list shows; more would answer each other's requests. */
export const REVIEWERS_MAX = 50

export const reviewerSchema = z.object({ rootOrganizationId: organizationIdSchema, userId: userIdSchema })
export type ReviewerInput = z.input<typeof reviewerSchema>

export const changeRequestRulesSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  /** Absent: as before; of each. */
  grantsApprovedOnly: z.boolean().optional(),
  tellsOfRequests: z.boolean().optional(),
})
export type ChangeRequestRulesInput = z.input<typeof changeRequestRulesSchema>

export const reopenRequestSchema = z.object({ requestId: requestIdSchema })
export type ReopenRequestInput = z.input<typeof reopenRequestSchema>
