import { addEntry } from '../../../domain/allowlist/add-entry.ts'
import { approveRequest } from '../../../domain/allowlist/approve-request.ts'
import { close } from '../../../domain/allowlist/close.ts'
import { declineRequest } from '../../../domain/allowlist/decline-request.ts'
import { getApprovalRequest } from '../../../domain/allowlist/get-approval-request.ts'
import { getPolicy } from '../../../domain/allowlist/get-policy.ts'
import { listEntries } from '../../../domain/allowlist/list-entries.ts'
import { listRequests } from '../../../domain/allowlist/list-requests.ts'
import { previewPolicy } from '../../../domain/allowlist/preview-policy.ts'
import { removeEntry } from '../../../domain/allowlist/remove-entry.ts'
import { restrict } from '../../../domain/allowlist/restrict.ts'
import type {
  AddEntryInput,
  ApproveRequestInput,
  ChangePolicyInput,
  DeclineRequestInput,
  Mode,
  SetInternalAutoApprovalInput,
} from '../../../domain/allowlist/schema.ts'
import { setInternalAutoApproval } from '../../../domain/allowlist/set-internal-auto-approval.ts'
import { unrestrict } from '../../../domain/allowlist/unrestrict.ts'
import { appOf, organizationOf, requestOf } from '../named.ts'
import { Problem } from '../problem.ts'
import type { Route } from '../route.ts'

const CHANGES = { unrestricted: unrestrict, restricted: restrict, closed: close } as const

export const ALLOWLIST_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/organizations/{organization}/policy',
    run: async (call) => ({ body: await getPolicy(call.actor, organizationOf(call)) }),
  },
  {
    method: 'GET',
    path: '/organizations/{organization}/policy/preview',
    query: ['mode'],
    run: async (call) => {
      const mode = modeOf(call.query.mode)
      return { body: await previewPolicy(call.actor, { rootOrganizationId: organizationOf(call), mode }) }
    },
  },
  {
    method: 'PUT',
    path: '/organizations/{organization}/policy/mode',
    run: async (call) => {
      const { mode, ...more } = call.body
      const input = { ...more, rootOrganizationId: organizationOf(call) } as ChangePolicyInput
      await CHANGES[modeOf(mode)](call.actor, input)
      return { body: await getPolicy(call.actor, organizationOf(call)) }
    },
  },
  {
    method: 'PUT',
    path: '/organizations/{organization}/policy/internal-auto-approval',
    run: async (call) => {
      const input = { ...call.body, rootOrganizationId: organizationOf(call) } as SetInternalAutoApprovalInput
      await setInternalAutoApproval(call.actor, input)
      return { body: await getPolicy(call.actor, organizationOf(call)) }
    },
  },
  {
    method: 'GET',
    path: '/organizations/{organization}/allowlist-entries',
    query: ['search', 'cursor'],
    run: async (call) => {
      const { rows, next } = await listEntries(call.actor, {
        rootOrganizationId: organizationOf(call),
        ...call.query,
      })
      return { body: { data: rows, next } }
    },
  },
  {
    method: 'POST',
    path: '/organizations/{organization}/allowlist-entries',
    run: async (call) => {
      const input = { ...call.body, rootOrganizationId: organizationOf(call) } as AddEntryInput
      return { status: 201, body: await addEntry(call.actor, input) }
    },
  },
  {
    method: 'DELETE',
    path: '/organizations/{organization}/allowlist-entries/{app}',
    run: async (call) => {
      await removeEntry(call.actor, { rootOrganizationId: organizationOf(call), appId: appOf(call) })
      return {}
    },
  },
  {
    method: 'GET',
    path: '/organizations/{organization}/approval-requests',
    query: ['state', 'cursor'],
    run: async (call) => {
      const { state = 'waiting', cursor } = call.query
      if (state !== 'waiting' && state !== 'answered')
        throw new Problem(400, 'A request is waiting or answered.')
      const { rows, next } = await listRequests(call.actor, {
        rootOrganizationId: organizationOf(call),
        state,
        cursor,
      })
      return { body: { data: rows, next } }
    },
  },
  {
    method: 'GET',
    path: '/approval-requests/{request}',
    run: async (call) => ({ body: await getApprovalRequest(call.actor, requestOf(call)) }),
  },
  {
    method: 'PUT',
    path: '/approval-requests/{request}/approval',
    run: async (call) => {
      const input = { ...call.body, requestId: requestOf(call) } as ApproveRequestInput
      return { body: await approveRequest(call.actor, input) }
    },
  },
  {
    method: 'PUT',
    path: '/approval-requests/{request}/refusal',
    run: async (call) => {
      await declineRequest(call.actor, { ...call.body, requestId: requestOf(call) } as DeclineRequestInput)
      return {}
    },
  },
]

function modeOf(given: unknown): Mode {
  if (typeof given === 'string' && Object.hasOwn(CHANGES, given)) return given as Mode
  const sentence = 'The mode is unrestricted, restricted or closed.'
  throw new Problem(400, sentence, { fields: { mode: sentence } })
}
