import { ACTS_AS, AUDIENCE, CLIENT_TYPE, counted, GRANT_TYPE } from '#components/connected-apps/app-words'
import type { ChangeRequestRulesInput } from '#lib/domain/allowlist/schema'
import { type Act, actWords } from '#lib/domain/audit/acts'
import type { UpdateApiInput, UpdateScopeInput } from '#lib/domain/connected-apps/apis-schema'
import type { SetContextsInput, UpdateAppInput } from '#lib/domain/connected-apps/schema'
import type { UpdateEnvironmentInput, UpdateOrganizationInput } from '#lib/domain/organizations/schema'
import type { UpdateGroupInput } from '#lib/domain/people/schema'

/** A value in the form it is read in: words, or a moment. Null: of this value there is nothing to say. */
export type Form = (value: unknown) => string | Date | null
type Field = readonly [label: string, form?: Form]

/** What a save can change. A field that becomes changeable does not compile until it has its words here. */
type Fields<Input> = Exclude<
  keyof Input,
  'version' | 'appId' | 'clientId' | 'apiId' | 'groupId' | 'environmentId' | 'organizationId'
>
type SavedField =
  | Fields<UpdateAppInput>
  | Fields<SetContextsInput>
  | Fields<UpdateApiInput>
  | Fields<UpdateScopeInput>
  | Fields<UpdateGroupInput>
  | Fields<UpdateOrganizationInput>
  | Fields<UpdateEnvironmentInput>
/** What changes by an act of its own. */
type MovedField =
  | 'organizationId'
  | 'parentId'
  | 'endsAt'
  | 'group'
  | 'networks'
  | 'mode'
  | keyof RequestRulesChanged
type RequestRulesChanged = Omit<ChangeRequestRulesInput, 'rootOrganizationId'>

const days: Form = (value) => (typeof value === 'number' ? counted(value, 'day') : 'no limit')
const seconds: Form = (value) => (typeof value === 'number' ? counted(value, 'second') : null)
const exactly = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'long',
  timeZone: 'UTC',
})
const moment: Form = (value) => (typeof value === 'string' ? new Date(value) : null)
/** One of a closed set, by its word. */
const oneOf =
  (words: Readonly<Record<string, string>>): Form =>
  (value) =>
    (typeof value === 'string' ? words[value]?.toLowerCase() : undefined) ?? null
const eachOf =
  (words: Readonly<Record<string, string>>): Form =>
  (value) =>
    typeof value === 'string' ? (words[value] ?? value) : null
const onlyIf =
  (words: string): Form =>
  (value) =>
    value === true ? words : null
const ifAny: Form = (value) => (typeof value === 'number' && value > 0 ? value.toLocaleString('en') : null)

const TOKEN_FORMAT: Form = (value) => (value === 'jwt' ? 'JWT' : 'opaque')
const KIND: Form = oneOf({ design: 'design', sandbox: 'sandbox', production: 'production' })
const RISK: Form = oneOf({ low: 'low', medium: 'medium', high: 'high' })
const APP_CREATION: Form = oneOf({
  developers: 'administrators and developers',
  administrators: 'administrators only',
  nobody: 'nobody',
})

/** Each field that was saved, before and after. A form says one value, also one of a list. */
export const CHANGED: Readonly<Record<SavedField | MovedField, Field>> = {
  name: ['Name'],
  description: ['Description'],
  website: ['Website'],
  grantTypes: ['How it gets tokens', eachOf(GRANT_TYPE)],
  redirectUris: ['Redirect URIs'],
  initiateLoginUri: ['Where sign-in starts'],
  audience: ['Who may use it', oneOf(AUDIENCE)],
  scopes: ['Scopes'],
  contexts: ['Places of its scopes'],
  requiresPkce: ['Require PKCE'],
  ownerId: ['Owner'],
  organizationId: ['Residence'],
  parentId: ['Under'],
  resourceServerAppId: ['App that answers for it'],
  openTo: ['Whose apps may ask for its scopes', oneOf(AUDIENCE)],
  tokenFormat: ['Form of its tokens', TOKEN_FORMAT],
  jwtLifetimeSeconds: ['A JWT is good for', seconds],
  title: ['In words'],
  risk: ['Risk', RISK],
  appCreation: ['Who may create apps', APP_CREATION],
  secretDaysMax: ['Longest life of a secret', days],
  allowsPasswordTokens: ['Password tokens'],
  kind: ['Kind', KIND],
  grantsApprovedOnly: ['Grant only approved scopes'],
  tellsOfRequests: ['Mail about requests'],
  endsAt: ['Ends', (value) => (typeof value === 'string' ? exactly.format(new Date(value)) : 'never')],
  networks: ['Networks'],
  mode: [
    'Held to its networks',
    oneOf({ off: 'no', enforce: 'always', 'enforce-except-refresh': 'always but for refreshes' }),
  ],
  group: ['For', (value) => (typeof value === 'string' ? `the group ${value}` : 'everyone')],
}

/**
 * What else an event can tell. A field that is recorded and stands neither here, nor in the event's sentence, nor in UNTOLD
 * fails the database tests (test/events-in-words.ts).
 */
export const DETAIL: Readonly<Record<string, Field>> = {
  actsAs: ['Acts', oneOf(ACTS_AS)],
  added: ['Added'],
  api: ['API'],
  appsMax: ['Apps at most'],
  asked: ['Asked for'],
  audience: ['Audience'],
  because: [
    'Why',
    oneOf({
      'entry-added': 'the app was put on the allowlist',
      'entry-widened': 'the app was allowlisted for more',
      'entry-limited': 'it was changed for whom the app is allowlisted',
      covered: 'the allowlist covers all who ask by now',
    }),
  ],
  by: ['How', oneOf({ 'password-token': 'a script, with the password' })],
  clientId: ['Client ID'],
  clientType: ['Runs on', oneOf(CLIENT_TYPE)],
  description: ['Description'],
  ended: ['Ended', (value) => (typeof value === 'number' ? counted(value, 'session') : placesWords(value))],
  endedContexts: [
    'Places taken from apps',
    (value) => (value === 0 ? null : typeof value === 'number' ? value.toLocaleString('en') : null),
  ],
  endedSessions: ['Signed out', (value) => (typeof value === 'number' ? counted(value, 'session') : null)],
  endsAt: ['Ends', moment],
  endsFreeze: ['The freeze', onlyIf('ended with it')],
  endedTokens: ['Its tokens', onlyIf('ended at once')],
  events: ['Events'],
  expiresAt: ['Ends', moment],
  families: ['Token families'],
  filter: ['Narrowed to', filterWords],
  format: ['As', oneOf({ csv: 'CSV', jsonl: 'JSON Lines' })],
  group: ['For the group'],
  groups: ['Business groups'],
  isExact: ['Counted', (value) => (value === false ? 'not to the end: there were at least so many' : null)],
  isNewAccount: ['Their account', onlyIf('made with it')],
  kept: [
    'Kept',
    (value) =>
      Array.isArray(value) && value.length > 0 ? counted(value.length, 'older one', 'older ones') : null,
  ],
  keptApps: ['Apps kept', ifAny],
  kid: ['Key ID'],
  kind: ['Kind', KIND],
  lastFour: ['Ends in', (value) => `••••${String(value)}`],
  leftOut: ['Apps left out', ifAny],
  listed: ['Apps put on the allowlist', ifAny],
  markedSince: ['Marked since', moment],
  movedApps: ['Apps handed over', ifAny],
  needsEnvironment: ['Good in', onlyIf('environments chosen for each app')],
  needsOrganization: ['Good in', onlyIf('organizations chosen for each app')],
  openTo: ['Whose apps may ask for its scopes', oneOf(AUDIENCE)],
  organizationName: ['In'],
  organizations: ['Organizations'],
  overlapHours: ['Older ones', overlapWords],
  ownerName: ['Owner'],
  parentName: ['Under'],
  people: ['People'],
  person: ['Of whom'],
  places: ['Places'],
  reason: [
    'Why',
    eachOf({
      reuse: 'a refresh token was used twice',
      replay: 'a code was used twice',
      'revoked-by-app': 'the app gave its tokens back',
      removed: 'they were removed, and the authorization stands',
    }),
  ],
  redirectUris: ['Redirect URIs'],
  removed: ['Removed'],
  risk: ['Risk', RISK],
  role: ['Role'],
  scopePrefix: ['Its scopes begin with'],
  scopes: ['Scopes'],
  secretName: ['Secret'],
  since: ['Operator since', moment],
  suspendedSince: ['Suspended since', moment],
  title: ['In words'],
  to: ['New address'],
  tokenFormat: ['Form of its tokens', TOKEN_FORMAT],
  tokens: ['Tokens'],
  trigger: [
    'Why',
    oneOf({
      edited: 'somebody handed it over',
      'account-ended': 'the owner’s account ended',
      'membership-ended': 'the owner left the organization',
      'rights-lost': 'the owner lost the rights it takes',
      'group-moved': 'its business group moved',
      'group-deleted': 'its business group was deleted',
      'environment-ended': 'the environment ended',
    }),
  ],
  which: [
    'Of which apps',
    oneOf({
      due: 'those marked',
      all: 'all of the branch',
      chosen: 'those that were chosen',
      matching: 'those that matched a search',
    }),
  ],
}

/** Bookkeeping, ids beside their names, and what the changes say already: of use to nobody who reads. */
export const UNTOLD: ReadonlySet<string> = new Set([
  'apiId',
  'authorizationId',
  'bulkRotationId',
  'removalId',
  'changed',
  'countedMax',
  'epoch',
  'familyId',
  'from',
  'isFirst',
  'keyId',
  'logo',
  'newOwner',
  'ownerId',
  'parentId',
  'personId',
  'previousOwner',
  'requestId',
  'secretId',
  'sessionId',
  'userId',
  'userIds',
  'version',
])

/** When the secrets end that stood before a new one. */
export function overlapWords(hours: unknown): string | null {
  if (typeof hours !== 'number') return null
  if (hours === 0) return 'ended at once, where not kept'
  return `end within ${hours === 168 ? '7 days' : counted(hours, 'hour')}, where not kept`
}

function placesWords(value: unknown): string | null {
  const { apps = 0, contexts = 0 } = (value ?? {}) as { apps?: number; contexts?: number }
  return contexts > 0 ? `${counted(contexts, 'place')} of ${counted(apps, 'app')}` : null
}

function filterWords(value: unknown): string | null {
  const { act, search, personId, appId, from, until } = (value ?? {}) as Record<string, string | undefined>
  const parts = [
    act && actWords(act as Act).toLowerCase(),
    search && `“${search}”`,
    personId && 'one person',
    appId && 'one app',
    from && `from ${from.slice(0, 10)}`,
    until && `until ${until.slice(0, 10)}`,
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(', ') : null
}
