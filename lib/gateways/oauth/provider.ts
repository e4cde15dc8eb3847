import type Koa from 'koa'
import Provider from 'oidc-provider'
import { isDatabaseAway } from '../../base/database-away.ts'
import { environment } from '../../base/env.ts'
import { log } from '../../base/log.ts'
import { requestIfAny } from '../../base/request-context.ts'
import { listScopeNames } from '../../domain/connected-apps/list-scope-names.ts'
import { currentKeys, keysFingerprint } from '../../domain/signing-keys/current-keys.ts'
import { answerUnavailable, completeAnswers } from './answers.ts'
import { letClientsBeApps } from './client.ts'
import { configurationOf } from './configuration.ts'
import { keepJwts } from './jwts.ts'
import { acceptPostedAuthorization } from './post-authorization.ts'
import { standOnOurSession } from './session.ts'

/** How long a rotated key may go unnoticed here: less than it is published before it signs. */
const KEYS_CHECKED_SECONDS = 60

type Held = { provider: Provider; fingerprint: string; checkedAt: number }

/** Native Node and Next's bundle each load this file: the provider is one. */
const shared = globalThis as typeof globalThis & {
  gatehouseProvider?: Held
  gatehouseProviderOpening?: Promise<Held> | undefined
  gatehouseProviderMaker?: () => Promise<Provider>
}

/** Whoever loaded this file first makes the provider, each time: native Node, which knows the package as it is. */
shared.gatehouseProviderMaker ??= make

/** The authorization server. Made at first use, and anew when the signing keys change: it keeps nothing that would be lost. */
export async function provider(): Promise<Provider> {
  const held = shared.gatehouseProvider
  const isFresh = held && performance.now() - held.checkedAt < KEYS_CHECKED_SECONDS * 1000
  if (isFresh) return held.provider
  shared.gatehouseProviderOpening ??= open(held).finally(() => {
    shared.gatehouseProviderOpening = undefined
  })
  return (await shared.gatehouseProviderOpening).provider
}

async function open(held: Held | undefined): Promise<Held> {
  const fingerprint = await keysFingerprint().catch((error: unknown) => {
    // Whoever has keys goes on with them while the database is away.
    if (held) return held.fingerprint
    throw error
  })
  const known =
    held?.fingerprint === fingerprint ? held.provider : await (shared.gatehouseProviderMaker ?? make)()
  shared.gatehouseProvider = {
    provider: known,
    fingerprint: known === held?.provider ? fingerprint : await keysFingerprint(),
    checkedAt: performance.now(),
  }
  return shared.gatehouseProvider
}

async function make(): Promise<Provider> {
  const [keys, scopes] = [await currentKeys(), await listScopeNames()]
  const made = new Provider(
    environment().publicUrl,
    configurationOf(keys, ['openid', 'offline_access', ...scopes.map(({ name }) => name)]),
  )
  // The process normalized each request: what these headers say is true.
  made.proxy = true
  letClientsBeApps(made)
  standOnOurSession(made)
  keepJwts(made)
  made.use(acceptPostedAuthorization)
  made.use(completeAnswers)
  made.on('server_error', (ctx, error) => {
    if (isDatabaseAway(error)) answerUnavailable(ctx)
    log().error({ err: error, request: requestIfAny()?.id }, 'the authorization server failed')
  })
  const koa: Koa = made
  koa.on('error', (error: Error) =>
    log().error({ err: error, request: requestIfAny()?.id }, 'an answer could not be sent'),
  )
  return made
}
