import Provider from 'oidc-provider'
import type { Id } from '../../base/ids.ts'
import { microBatch } from '../../base/micro-batch.ts'
import { requestIfAny } from '../../base/request-context.ts'
import { hashToken } from '../../base/secrets.ts'
import { findLiveToken, type LiveToken } from '../../domain/authorizations/find-live-tokens.ts'
import { type ClientRecord, findClientRecords } from '../../domain/connected-apps/client-records.ts'

/**
 * What was looked up for the request at hand. The provider asks for the same token under three names and for the same
 * client twice; each is read once a request, and never kept for the next one.
 */
type Lookups = {
  tokens: Map<string, Promise<LiveToken | undefined>>
  /** Tokens by the family they belong to: who has the token has its grant. */
  families: Map<string, LiveToken>
  /** Apps by client id, as the tokens of this request showed them. */
  appsOfTokens: Map<string, LiveToken['app']>
  clients: Map<string, ClientRecord>
  /** The keys of apps that sign, by client id, once they were asked for. */
  keys: Map<string, object>
  /** The key that proved an assertion which may still turn out to be a replay. */
  assertion?: { appId: Id<'app'>; keyId: Id<'appKey'> | null } | undefined
}

const LOOKUPS = Symbol('oauth lookups')

export function lookups(): Lookups {
  const held = requestIfAny()?.lookedUp
  const fresh = (): Lookups => ({
    tokens: new Map(),
    families: new Map(),
    appsOfTokens: new Map(),
    clients: new Map(),
    keys: new Map(),
  })
  if (!held) return fresh()
  const found = held.get(LOOKUPS) as Lookups | undefined
  if (found) return found
  const made = fresh()
  held.set(LOOKUPS, made)
  return made
}

/** The live token with this value, whatever its kind. */
export function liveToken(value: string): Promise<LiveToken | undefined> {
  const { tokens, families, appsOfTokens } = lookups()
  const known = tokens.get(value)
  if (known) return known
  const asked = findLiveToken(hashToken(value)).then((token) => {
    if (token?.family) families.set(token.family.familyId, token)
    if (token) appsOfTokens.set(token.app.clientId, token.app)
    return token
  })
  tokens.set(value, asked)
  return asked
}

/**
 * An introspection waits for two answers of the database: who asks, and what about. Called when the first is asked for, this
 * asks the second at the same moment, so that it waits once. Whoever then may not ask learns nothing of the answer.
 */
export function lookAheadForToken(): void {
  const { oidc } = Provider.ctx ?? {}
  if (oidc?.route !== 'introspection' || typeof oidc.params?.token !== 'string') return
  // Whoever needs it waits for the same promise, and hears of its failure there.
  liveToken(oidc.params.token).catch(() => undefined)
}

const findRecord = microBatch(async (clientIds: string[]) => {
  const found = await findClientRecords([...new Set(clientIds)])
  return clientIds.map((clientId) => found.get(clientId))
})

/** The app with this client id, read anew for this request: its state, its live secrets, its version. */
export async function readClient(clientId: string): Promise<ClientRecord | undefined> {
  const { clients } = lookups()
  const record = clients.get(clientId) ?? (await findRecord(clientId))
  if (record) clients.set(clientId, record)
  return record
}

/** The app of a client the provider already found for this request. */
export function clientAtHand(clientId: string): ClientRecord {
  const record = lookups().clients.get(clientId)
  if (!record) throw new Error('The client of this request was never looked up.')
  return record
}
