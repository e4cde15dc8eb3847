import fc from 'fast-check'
import { newId } from '#lib/base/ids'
import type { AuthorizationFacts } from '#lib/domain/authorizations/rules'
import { NETWORK_MODES } from '#lib/domain/installations/network-limit'

/** The root organization that any facts are of. */
export const HERE = newId('organization')
const ELSEWHERE = newId('organization')
const YES = newId('authorization')
const ENTRY = newId('entry')

const ALL = ['openid', 'profile', 'orders:read', 'orders:write', 'payroll:read']
/** Some of the scopes there are. */
export const someScopes = fc.subarray(ALL)
/** Wide enough, mostly, that what else is drawn decides. */
const wide = fc.oneof({ weight: 4, arbitrary: fc.constant(ALL) }, { weight: 1, arbitrary: someScopes })
const mostly = (usual: boolean) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(!usual) })
/** Whatever bears on a wish, in any combination. */
export const anyFacts: fc.Arbitrary<AuthorizationFacts> = fc.record({
  rootOrganizationId: fc.constant(HERE),
  asked: someScopes,
  app: fc.record({
    isAvailable: mostly(true),
    rootOrganizationId: fc.constantFrom(HERE, ELSEWHERE),
    audience: fc.constantFrom('internal' as const, 'everyone' as const),
    scopes: wide,
  }),
  isActiveMember: mostly(true),
  isBlocked: mostly(false),
  isFrozen: mostly(false),
  networks: fc.record({
    mode: fc.constantFrom('off' as const, 'off' as const, ...NETWORK_MODES),
    networks: fc.subarray(['203.0.113.0/24', '2001:db8::/32']),
  }),
  address: fc.constantFrom('203.0.113.9', '203.0.113.9', '198.51.100.7', '2001:db8::1', null),
  policy: fc.record({
    mode: fc.constantFrom('unrestricted' as const, 'restricted' as const, 'closed' as const),
    internalAutoApproval: fc.boolean(),
    grantsApprovedOnly: fc.boolean(),
  }),
  entry: fc.option(fc.record({ entryId: fc.constant(ENTRY), scopes: someScopes }), { freq: 3 }),
  live: fc.option(fc.record({ authorizationId: fc.constant(YES), scopes: wide }), { freq: 2 }),
})
