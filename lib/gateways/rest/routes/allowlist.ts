import { z } from 'zod'
import { addEntry } from '../../../domain/allowlist/add-entry.ts'
import { approveRequest } from '../../../domain/allowlist/approve-request.ts'
import { changeRequestRules } from '../../../domain/allowlist/change-request-rules.ts'
import { close } from '../../../domain/allowlist/close.ts'
import { declineRequest } from '../../../domain/allowlist/decline-request.ts'
import { endReviewer } from '../../../domain/allowlist/end-reviewer.ts'
import { getApprovalRequest } from '../../../domain/allowlist/get-approval-request.ts'
import { getEntry } from '../../../domain/allowlist/get-entry.ts'
import { getPolicy } from '../../../domain/allowlist/get-policy.ts'
import { getRequestRules } from '../../../domain/allowlist/get-request-rules.ts'
import { limitEntry } from '../../../domain/allowlist/limit-entry.ts'
import { listEntries } from '../../../domain/allowlist/list-entries.ts'
import { listEntryHistory } from '../../../domain/allowlist/list-entry-history.ts'
import { listListableApps } from '../../../domain/allowlist/list-listable-apps.ts'
import { listPossibleReviewers } from '../../../domain/allowlist/list-possible-reviewers.ts'
import { listRequests } from '../../../domain/allowlist/list-requests.ts'
import { listReviewers } from '../../../domain/allowlist/list-reviewers.ts'
import { nameReviewer } from '../../../domain/allowlist/name-reviewer.ts'
import { previewPolicy } from '../../../domain/allowlist/preview-policy.ts'
import { removeEntry } from '../../../domain/allowlist/remove-entry.ts'
import { reopenRequest } from '../../../domain/allowlist/reopen-request.ts'
import { restrict } from '../../../domain/allowlist/restrict.ts'
import {
  addEntrySchema,
  approveRequestSchema,
  changeRequestRulesSchema,
  declineRequestSchema,
  limitEntrySchema,
  restrictSchema,
  setInternalAutoApprovalSchema,
  trimEntrySchema,
} from '../../../domain/allowlist/schema.ts'
import { setInternalAutoApproval } from '../../../domain/allowlist/set-internal-auto-approval.ts'
import { trimEntry } from '../../../domain/allowlist/trim-entry.ts'
import { unrestrict } from '../../../domain/allowlist/unrestrict.ts'
import { getEntryUse } from '../../../domain/authorizations/get-entry-use.ts'
import { getWhatIf } from '../../../domain/authorizations/get-what-if.ts'
import { whatIfSchema } from '../../../domain/authorizations/schema.ts'
import { inAllowlist } from '../again.ts'
import { appOf, organizationOf, requestOf, userOf } from '../named.ts'
import { Problem } from '../problem.ts'
import { cursor, flag, search } from '../query.ts'
import { type Call, type Route, route } from '../route.ts'
import { save } from '../save.ts'
import {
  approvalRequest,
  approvalRequests,
  entries,
  entry,
  entryScopes,
  entryUse,
  listableApps,
  listedApp,
  mode,
  policy,
  policyPreview,
  possibleReviewers,
  requestRules,
  reviewers,
  whatIf,
} from '../shapes/allowlist.ts'
import { savedVersion } from '../shapes/apis.ts'
import { entryHistory } from '../shapes/audit.ts'
import { paged, whole } from '../shapes/shape.ts'

const CHANGES = { unrestricted: unrestrict, restricted: restrict, closed: close } as const

export const ALLOWLIST_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/policy',
    operation: 'getPolicy',
    summary: 'Read the policy of a root organization.',
    needs: 'allowlist.view',
    answer: policy,
    run: async (call) => ({ body: await getPolicy(call.actor, organizationOf(call)) }),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/policy/preview',
    operation: 'previewPolicy',
    summary: 'See what another mode would do to each app, before anything is saved.',
    needs: 'allowlist.view',
    query: z.object({
      mode,
      internalAutoApproval: flag.optional().meta({
        description:
          'Whether internal apps pass without an entry then; without it as now. With `mode=restricted`, in force or not.',
      }),
    }),
    answer: policyPreview,
    run: async (call) => ({ body: await previewPolicy(call.actor, { ...call.query, ...rootOf(call) }) }),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/policy/mode',
    operation: 'changeMode',
    summary: 'Choose unrestricted, restricted or closed.',
    more: 'No app opens the policy by its token: out of closed, or to unrestricted, only people go.',
    needs: 'allowlist.change-policy',
    alsoNeeds: ['allowlist.loosen-policy'],
    body: restrictSchema.omit({ rootOrganizationId: true }).extend({ mode }),
    refuses: ['conflict'],
    run: async (call) => {
      const { mode, ...more } = call.body
      await changeTo(mode)(call.actor, { ...more, ...rootOf(call) })
      return {}
    },
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/policy/internal-auto-approval',
    operation: 'setInternalAutoApproval',
    summary: 'Say whether internal apps pass without an entry.',
    needs: 'allowlist.change-policy',
    alsoNeeds: ['allowlist.loosen-policy'],
    body: setInternalAutoApprovalSchema.omit({ rootOrganizationId: true }),
    refuses: ['conflict'],
    run: async (call) => {
      await setInternalAutoApproval(call.actor, { ...call.body, ...rootOf(call) })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/allowlist-entries',
    operation: 'listEntries',
    summary: 'List the application allowlist by name.',
    needs: 'allowlist.view',
    query: z.object({ search, cursor }),
    answer: entries,
    run: async (call) => paged(await listEntries(call.actor, { ...call.query, ...rootOf(call) })),
  }),
  route({
    method: 'POST',
    path: '/organizations/{organization}/allowlist-entries',
    operation: 'addEntry',
    summary: 'Allowlist an app by its client ID, for the scopes given or all it asks for today.',
    more: 'An entry that is there grows. The end of a new one ends everything people authorized the app for by then, also from before it was listed.',
    needs: 'allowlist.change-entries',
    body: addEntrySchema.omit({ rootOrganizationId: true }),
    answer: listedApp,
    creates: { again: inAllowlist },
    run: async (call) => ({ body: await addEntry(call.actor, { ...call.body, ...rootOf(call) }) }),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/allowlist-entries/{app}',
    operation: 'getEntry',
    summary: 'Read the entry of one app.',
    needs: 'allowlist.view',
    answer: entry,
    isVersioned: true,
    run: async (call) => {
      const found = await getEntry(call.actor, entryOf(call))
      return { body: found, headers: { ETag: `"${found.version}"` } }
    },
  }),
  route({
    method: 'PATCH',
    path: '/organizations/{organization}/allowlist-entries/{app}',
    operation: 'trimEntry',
    summary: 'Take scopes away from an entry: what people granted stays, new authorizations get no more.',
    needs: 'allowlist.change-entries',
    body: trimEntrySchema.pick({ remove: true }),
    answer: entryScopes,
    run: async (call) => ({
      body: await trimEntry(call.actor, { ...call.body, ...entryOf(call) }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/allowlist-entries/{app}/limits',
    operation: 'limitEntry',
    summary: 'Say until when an entry is good, and for which group of people.',
    more: 'At its end the app is off the list, and everything people authorized it for by then is over. A group narrows only who may authorize it from now on.',
    needs: 'allowlist.change-entries',
    body: limitEntrySchema
      .pick({ endsAt: true, groupId: true, version: true })
      .partial({ version: true })
      .required({ endsAt: true, groupId: true }),
    answer: savedVersion,
    isVersioned: true,
    refuses: ['conflict'],
    run: (call) =>
      save(
        call,
        (version) => limitEntry(call.actor, { ...call.body, version, ...entryOf(call) }),
        () => getEntry(call.actor, entryOf(call)),
      ),
  }),
  route({
    method: 'DELETE',
    path: '/organizations/{organization}/allowlist-entries/{app}',
    operation: 'removeEntry',
    summary: 'Take an app off the allowlist: only new authorizations are refused.',
    needs: 'allowlist.change-entries',
    run: async (call) => {
      await removeEntry(call.actor, entryOf(call))
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/allowlist-entries/{app}/history',
    operation: 'listEntryHistory',
    summary: 'List what happened to an app on the allowlist, the newest first.',
    needs: 'allowlist.view',
    query: z.object({ cursor }),
    answer: entryHistory,
    run: async (call) => paged(await listEntryHistory(call.actor, { ...call.query, ...entryOf(call) })),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/allowlist-entries/{app}/use',
    operation: 'getEntryUse',
    summary: 'Read how many people use what an entry allows, and which of its scopes nobody has granted.',
    needs: 'allowlist.view',
    answer: entryUse,
    run: async (call) => ({ body: await getEntryUse(call.actor, entryOf(call)) }),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/what-if',
    operation: 'getWhatIf',
    summary: 'See what would happen if a person authorized an app now, and which rule decides it.',
    more: 'It is what the authorization server itself would decide. Nothing is changed.',
    needs: 'allowlist.view',
    query: z.object({
      userId: whatIfSchema.shape.userId,
      clientId: whatIfSchema.shape.clientId,
      scope: z
        .string()
        .max(100_000, 'That are too many scopes.')
        .optional()
        .meta({ description: 'Scopes with a space between them; without it all that the app asks for.' }),
      address: whatIfSchema.shape.address.meta({ description: 'The IP address the person would come from.' }),
    }),
    answer: whatIf,
    run: async (call) => {
      const { scope, ...named } = call.query
      const scopes = scope === undefined ? undefined : scope.split(' ').filter((one) => one !== '')
      return { body: await getWhatIf(call.actor, { ...named, ...rootOf(call), scopes }) }
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/listable-apps',
    operation: 'listListableApps',
    summary: 'Find apps that could be allowlisted, by a part of their name.',
    more: 'The organization’s own, and those of others that its people met already; any other is named by its client ID.',
    needs: 'allowlist.change-entries',
    query: z.object({ search: search.default('') }),
    answer: listableApps,
    run: async (call) => whole(await listListableApps(call.actor, { ...call.query, ...rootOf(call) })),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/request-rules',
    operation: 'getRequestRules',
    summary: 'Read what happens where an app asks for more than is approved.',
    needs: 'allowlist.view',
    answer: requestRules,
    run: async (call) => ({ body: await getRequestRules(call.actor, organizationOf(call)) }),
  }),
  route({
    method: 'PATCH',
    path: '/organizations/{organization}/request-rules',
    operation: 'changeRequestRules',
    summary:
      'Say whether apps are given only what is approved of what they ask, and whether requests are told by mail.',
    needs: 'allowlist.change-policy',
    body: changeRequestRulesSchema.omit({ rootOrganizationId: true }),
    run: async (call) => {
      await changeRequestRules(call.actor, { ...call.body, ...rootOf(call) })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/request-reviewers',
    operation: 'listReviewers',
    summary: 'List who answers requests beside the administrators, by name.',
    needs: 'allowlist.view',
    answer: reviewers,
    run: async (call) => whole(await listReviewers(call.actor, organizationOf(call))),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/possible-reviewers',
    operation: 'listPossibleReviewers',
    summary: 'List the administrators of business groups who could be named reviewers, by name.',
    more: 'The first twenty; search to find others.',
    needs: 'allowlist.name-reviewers',
    query: z.object({ search }),
    answer: possibleReviewers,
    run: async (call) => whole(await listPossibleReviewers(call.actor, { ...rootOf(call), ...call.query })),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/request-reviewers/{user}',
    operation: 'nameReviewer',
    summary: 'Let an administrator of a business group answer the requests of the root organization.',
    more: 'They see requests and answer them, and nothing else of the policy. It counts while they administer a business group.',
    needs: 'allowlist.name-reviewers',
    run: async (call) => {
      await nameReviewer(call.actor, { ...rootOf(call), userId: userOf(call) })
      return {}
    },
  }),
  route({
    method: 'DELETE',
    path: '/organizations/{organization}/request-reviewers/{user}',
    operation: 'endReviewer',
    summary: 'End that somebody answers requests as a reviewer.',
    needs: 'allowlist.name-reviewers',
    run: async (call) => {
      await endReviewer(call.actor, { ...rootOf(call), userId: userOf(call) })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/approval-requests',
    operation: 'listRequests',
    summary: 'List approval requests: those that wait, were answered, or ended without an answer.',
    needs: 'allowlist.review',
    query: z.object({
      state: z
        .enum(['waiting', 'answered', 'expired'], 'A request is waiting, answered or expired.')
        .default('waiting'),
      search,
      cursor,
    }),
    answer: approvalRequests,
    run: async (call) => paged(await listRequests(call.actor, { ...call.query, ...rootOf(call) })),
  }),
  route({
    method: 'GET',
    path: '/approval-requests/{request}',
    operation: 'getApprovalRequest',
    summary: 'Read an approval request as its link shows it.',
    needs: 'allowlist.approve',
    answer: approvalRequest,
    run: async (call) => ({ body: await getApprovalRequest(call.actor, requestOf(call)) }),
  }),
  route({
    method: 'PUT',
    path: '/approval-requests/{request}/approval',
    operation: 'approveRequest',
    summary: 'Approve a request: the app’s entry grows by what was asked then, or by part of it.',
    needs: 'allowlist.approve',
    body: approveRequestSchema.omit({ requestId: true }),
    answer: entryScopes,
    refuses: ['conflict', 'expired'],
    run: async (call) => ({
      body: await approveRequest(call.actor, { ...call.body, requestId: requestOf(call) }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/approval-requests/{request}/refusal',
    operation: 'declineRequest',
    summary: 'Decline a request.',
    more: 'Whoever asked is told by mail, with the reason.',
    needs: 'allowlist.approve',
    body: declineRequestSchema.omit({ requestId: true }),
    refuses: ['conflict', 'expired'],
    run: async (call) => {
      await declineRequest(call.actor, { ...call.body, requestId: requestOf(call) })
      return {}
    },
  }),
  route({
    method: 'DELETE',
    path: '/approval-requests/{request}/refusal',
    operation: 'reopenRequest',
    summary: 'Take up again a request that was declined, or ended with a block: it waits again.',
    needs: 'allowlist.approve',
    refuses: ['conflict', 'expired'],
    run: async (call) => {
      await reopenRequest(call.actor, { requestId: requestOf(call) })
      return {}
    },
  }),
]

const rootOf = (call: Pick<Call, 'ids'>) => ({ rootOrganizationId: organizationOf(call) })
const entryOf = (call: Pick<Call, 'ids'>) => ({ ...rootOf(call), appId: appOf(call) })

function changeTo(given: unknown) {
  if (typeof given === 'string' && Object.hasOwn(CHANGES, given))
    return CHANGES[given as keyof typeof CHANGES]
  const sentence = 'The mode is unrestricted, restricted or closed.'
  throw new Problem(400, sentence, { fields: { mode: sentence } })
}
