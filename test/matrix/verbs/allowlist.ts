import { database } from '#db/client'
import { allowlists, approvalRequesters } from '#db/schema/allowlist'
import { addEntry } from '#lib/domain/allowlist/add-entry'
import { approveRequest } from '#lib/domain/allowlist/approve-request'
import { changeRequestRules } from '#lib/domain/allowlist/change-request-rules'
import { close } from '#lib/domain/allowlist/close'
import { declineRequest } from '#lib/domain/allowlist/decline-request'
import { draftRequest } from '#lib/domain/allowlist/draft-request'
import { endReviewer } from '#lib/domain/allowlist/end-reviewer'
import { getApprovalRequest } from '#lib/domain/allowlist/get-approval-request'
import { getEntry } from '#lib/domain/allowlist/get-entry'
import { getInbox } from '#lib/domain/allowlist/get-inbox'
import { getListableApp } from '#lib/domain/allowlist/get-listable-app'
import { getOwnRequest } from '#lib/domain/allowlist/get-own-request'
import { getPolicy } from '#lib/domain/allowlist/get-policy'
import { getRequestRules } from '#lib/domain/allowlist/get-request-rules'
import { getWayOn } from '#lib/domain/allowlist/get-way-on'
import { limitEntry } from '#lib/domain/allowlist/limit-entry'
import { listEntries } from '#lib/domain/allowlist/list-entries'
import { listEntryHistory } from '#lib/domain/allowlist/list-entry-history'
import { listListableApps } from '#lib/domain/allowlist/list-listable-apps'
import { listPossibleReviewers } from '#lib/domain/allowlist/list-possible-reviewers'
import { listRequests } from '#lib/domain/allowlist/list-requests'
import { listReviewers } from '#lib/domain/allowlist/list-reviewers'
import { nameReviewer } from '#lib/domain/allowlist/name-reviewer'
import { previewPolicy } from '#lib/domain/allowlist/preview-policy'
import { removeEntry } from '#lib/domain/allowlist/remove-entry'
import { reopenRequest } from '#lib/domain/allowlist/reopen-request'
import { requestApproval } from '#lib/domain/allowlist/request-approval'
import { restrict } from '#lib/domain/allowlist/restrict'
import { setInternalAutoApproval } from '#lib/domain/allowlist/set-internal-auto-approval'
import { trimEntry } from '#lib/domain/allowlist/trim-entry'
import { unrestrict } from '#lib/domain/allowlist/unrestrict'
import { withdrawRequest } from '#lib/domain/allowlist/withdraw-request'
import { getEntryUse } from '#lib/domain/authorizations/get-entry-use'
import { getWhatIf } from '#lib/domain/authorizations/get-what-if'
import { blockApp } from '#lib/domain/installations/block-app'
import { as } from '#test/actors'
import { all, needs, OWN_REQUEST, peopleOnly, REQUEST, ROOT } from '../needs.ts'
import { row } from '../row.ts'
import type { World } from '../world.ts'

const root = (w: World) => ({ rootOrganizationId: w.north.id })
const foreign = (w: World) => ({ ...root(w), appId: w.foreignApp.id })

const nextYear = () => new Date(Date.now() + 365 * 24 * 3_600_000).toISOString()

export const ALLOWLIST = [
  row(getPolicy, (w) => w.north.id, needs('allowlist.view', ROOT)),
  row(previewPolicy, (w) => ({ ...root(w), mode: 'restricted' as const }), needs('allowlist.view', ROOT)),
  row(listEntries, root, needs('allowlist.view', ROOT)),
  row(getEntry, listed, needs('allowlist.view', ROOT)),
  row(listRequests, (w) => ({ ...root(w), state: 'waiting' as const }), needs('allowlist.review', ROOT)),
  row(getInbox, (w) => w.north.id, needs('allowlist.review', ROOT)),
  row(listReviewers, (w) => w.north.id, needs('allowlist.view', ROOT)),
  row(listPossibleReviewers, root, needs('allowlist.name-reviewers', ROOT)),
  row(
    nameReviewer,
    (w) => ({ ...root(w), userId: w.people['group administrator'].id }),
    needs('allowlist.name-reviewers', ROOT),
  ),
  row(
    endReviewer,
    (w) => ({ ...root(w), userId: w.people.reviewer.id }),
    needs('allowlist.name-reviewers', ROOT),
  ),
  row(
    getListableApp,
    (w) => ({ ...root(w), clientId: w.foreignApp.clientId }),
    needs('allowlist.change-entries', ROOT),
  ),
  row(listListableApps, (w) => ({ ...root(w), search: 'a' }), needs('allowlist.change-entries', ROOT)),
  row(listEntryHistory, listed, needs('allowlist.view', ROOT)),
  row(getEntryUse, listed, needs('allowlist.view', ROOT)),
  row(
    getWhatIf,
    (w) => ({ ...root(w), userId: w.people['root owner'].id, clientId: w.foreignApp.clientId }),
    needs('allowlist.view', ROOT),
  ),
  row(restrict, root, needs('allowlist.change-policy', ROOT)),
  row(
    restrict,
    (w) => under('closed', w),
    all(needs('allowlist.change-policy', ROOT), needs('allowlist.loosen-policy', ROOT)),
    { how: 'out of Closed' },
  ),
  row(getRequestRules, (w) => w.north.id, needs('allowlist.view', ROOT)),
  row(
    changeRequestRules,
    (w) => ({ ...root(w), grantsApprovedOnly: true }),
    needs('allowlist.change-policy', ROOT),
  ),
  row(close, root, needs('allowlist.change-policy', ROOT)),
  row(unrestrict, (w) => under('restricted', w), needs('allowlist.loosen-policy', ROOT)),
  row(
    setInternalAutoApproval,
    async (w) => ({ ...(await under('restricted', w)), isOn: false }),
    needs('allowlist.change-policy', ROOT),
    { how: 'off' },
  ),
  row(
    setInternalAutoApproval,
    async (w) => ({ ...(await under('restricted', w, false)), isOn: true }),
    needs('allowlist.loosen-policy', ROOT),
    { how: 'on' },
  ),
  row(
    addEntry,
    (w) => ({ ...root(w), clientId: w.foreignApp.clientId }),
    needs('allowlist.change-entries', ROOT),
  ),
  row(
    trimEntry,
    async (w) => ({ ...(await listed(w)), remove: ['openid'] }),
    needs('allowlist.change-entries', ROOT),
  ),
  row(
    limitEntry,
    async (w) => ({ ...(await listed(w)), version: 1, endsAt: nextYear(), groupId: null }),
    needs('allowlist.change-entries', ROOT),
  ),
  row(removeEntry, listed, needs('allowlist.change-entries', ROOT)),
  row(
    draftRequest,
    (w) => ({ ...foreign(w), scopes: ['openid'] }),
    peopleOnly(needs('allowlist.request', ROOT)),
  ),
  row(
    requestApproval,
    async (w) => ({ requestId: await drafted(w) }),
    peopleOnly(needs('allowlist.request', OWN_REQUEST)),
  ),
  row(
    withdrawRequest,
    async (w, actor) => {
      const requestId = await requested(w)
      if (actor.kind === 'user')
        await database()
          .insert(approvalRequesters)
          .values({ requestId, userId: actor.userId, reason: '' })
          .onConflictDoNothing()
      return { requestId }
    },
    peopleOnly(needs('allowlist.request', OWN_REQUEST)),
  ),
  row(getOwnRequest, requested, needs('allowlist.request', OWN_REQUEST)),
  row(
    getWayOn,
    async (w, actor) => {
      const requestId = await requested(w)
      if (actor.kind === 'user')
        await database()
          .insert(approvalRequesters)
          .values({ requestId, userId: actor.userId, reason: '' })
          .onConflictDoNothing()
      return requestId
    },
    needs('allowlist.request', OWN_REQUEST),
  ),
  row(getApprovalRequest, requested, needs('allowlist.approve', REQUEST)),
  row(approveRequest, async (w) => ({ requestId: await requested(w) }), needs('allowlist.approve', REQUEST)),
  row(
    approveRequest,
    async (w) => {
      const requestId = await requested(w)
      await blockApp(as(w.people['root owner']), foreign(w))
      return { requestId, alsoUnblock: true }
    },
    all(needs('allowlist.approve', REQUEST), needs('installations.block', ROOT)),
    { how: 'and unblock' },
  ),
  row(
    approveRequest,
    async (w) => ({ requestId: await requested(w), openToEveryone: true }),
    all(needs('allowlist.approve', REQUEST), needs('allowlist.change-entries', ROOT)),
    { how: 'and open the entry' },
  ),
  row(declineRequest, async (w) => ({ requestId: await requested(w) }), needs('allowlist.approve', REQUEST)),
  row(reopenRequest, async (w) => ({ requestId: await declined(w) }), needs('allowlist.approve', REQUEST)),
]

export async function under(mode: 'restricted' | 'closed', w: World, internalAutoApproval = true) {
  const policy = { mode, internalAutoApproval }
  await database()
    .insert(allowlists)
    .values({ ...root(w), ...policy })
    .onConflictDoUpdate({ target: allowlists.rootOrganizationId, set: policy })
  return root(w)
}

async function listed(w: World) {
  await addEntry(as(w.people['root owner']), { ...root(w), clientId: w.foreignApp.clientId })
  return foreign(w)
}

const drafted = async (w: World) =>
  (await draftRequest(as(w.people.member), { ...foreign(w), scopes: ['openid'] })).requestId

export async function requested(w: World) {
  const requestId = await drafted(w)
  await requestApproval(as(w.people.member), { requestId })
  return requestId
}

export async function declined(w: World) {
  const requestId = await requested(w)
  await declineRequest(as(w.people['root owner']), { requestId })
  return requestId
}
