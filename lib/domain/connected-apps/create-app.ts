import { and, count, eq, isNull } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopeSet } from '../../base/scope-set.ts'
import { newClientId } from '../../base/secrets.ts'
import { record } from '../audit/record.ts'
import { type Organization, openOrganization } from '../organizations/open-organization.ts'
import { mayCreateUnder } from '../organizations/rules.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { standingOf } from '../permissions/standing.ts'
import { checkQuota } from './check-quota.ts'
import { checkRightsToGive } from './check-rights-to-give.ts'
import { insertSecret } from './insert-secret.ts'
import { openPossibleOwner } from './possible-owners.ts'
import { readScopes } from './read-scopes.ts'
import { refuseTooManyScopes } from './refuse-too-many-scopes.ts'
import { judgeSettings } from './rules.ts'
import { type CreateAppInput, createAppSchema, ITSELF_GRANT_TYPES } from './schema.ts'
import { SCOPE_OF_ITSELF } from './scopes.ts'
import { settleLife } from './settle-life.ts'
import { writeContexts } from './write-contexts.ts'

export type CreatedApp = {
  appId: Id<'app'>
  clientId: string
  /** Shown this once; null for an app that cannot keep one. */
  secret: string | null
  /** What is allowed but risky, by field. */
  warnings: Record<string, string>
}

/**
 * Creates an app in an organization. The creator is its first owner. One that runs on a server gets one secret, returned this
 * once. Refuses settings that do not fit each other, a name that another app of the tree has, one app more than the tree
 * may hold or the owner's quota, anybody the root organization's rule keeps from creating apps, and rights the actor does
 * not hold.
 */
export async function createApp(actor: Actor, input: CreateAppInput): Promise<CreatedApp> {
  const { organizationId, ownerId: wantedOwner, contexts, ...given } = parse(createAppSchema, input)
  const isForItself = given.actsAs === 'itself'
  const grantTypes = isForItself
    ? [...ITSELF_GRANT_TYPES]
    : (given.grantTypes ?? ['authorization_code', 'refresh_token'])
  const { errors, warnings } = judgeSettings({ ...given, grantTypes })
  if (!isForItself && contexts.length > 0)
    errors.contexts = 'Only an app acting on its own behalf has places.'
  const [first] = Object.values(errors)
  if (first) throw new Refusal('invalid', first, errors)

  return transaction(async (tx) => {
    const organization = await openOrganization(tx, actor, organizationId, 'connected-apps.create')
    const { rootOrganizationId } = organization
    const root = await rulesOf(tx, rootOrganizationId)
    await refuseClosed(tx, actor, organization, root)
    const owner = await firstOwner(tx, actor, organization, wantedOwner)
    await refuseTooMany(tx, root)
    await checkQuota(tx, owner.id, organizationId)
    refuseTooManyScopes(given.scopes)
    const needs = await readScopes(tx, given.scopes, { rootOrganizationId, actsAs: given.actsAs })

    const app = { id: newId('app'), clientId: newClientId(), organizationId, rootOrganizationId }
    await tx.insert(connectedApps).values({
      ...given,
      ...app,
      grantTypes,
      redirectUris: [...new Set(given.redirectUris)],
      scopes: isForItself ? scopeSet(given.scopes, [SCOPE_OF_ITSELF]) : scopeSet(given.scopes),
      origin: actor.kind === 'app' || (actor.kind === 'user' && actor.through) ? 'api' : 'console',
      createdBy: personOf(actor),
      ownerId: owner.id,
    })
    if (isForItself) {
      const anywhere = given.scopes.filter((scope) => !needs.get(scope)?.needsOrganization)
      const rights = [...contexts, ...anywhere.map((scope) => ({ scope, organizationId }))]
      await writeContexts(tx, app, needs, contexts)
      await checkRightsToGive(tx, actor, rootOrganizationId, rights, cannotGive)
    }
    const createdBy = personOf(actor)
    const made =
      given.clientType === 'server'
        ? await insertSecret(tx, {
            appId: app.id,
            name: 'First secret',
            createdBy,
            life: await settleLife(tx, rootOrganizationId),
          })
        : null
    await record(tx, actor, {
      name: 'connected-app.created',
      rootOrganizationId,
      organizationId,
      appId: app.id,
      subject: { id: app.id, name: given.name },
      details: {
        clientId: app.clientId,
        actsAs: given.actsAs,
        clientType: given.clientType,
        ownerName: owner.fullName,
        redirectUris: [...new Set(given.redirectUris)],
        scopes: scopeSet(given.scopes),
      },
    })
    return { appId: app.id, clientId: app.clientId, secret: made?.secret ?? null, warnings }
  })
}

const cannotGive = (scope: string) => `You cannot give an app ${scope}: you may not do that there yourself.`

async function firstOwner(tx: Transaction, actor: Actor, organization: Organization, wanted?: Id<'user'>) {
  const ownerId =
    wanted ?? personOf(actor) ?? (actor.kind === 'app' ? await ownerOf(tx, actor.appId) : undefined)
  if (!ownerId) throw new Refusal('invalid', 'Name an owner.', { ownerId: 'Name an owner.' })
  if (wanted && wanted !== personOf(actor)) {
    const place = { organizationId: organization.id, rootOrganizationId: organization.rootOrganizationId }
    await check(tx, actor, 'connected-apps.change-owner', place)
  }
  return openPossibleOwner(tx, ownerId, organization.id)
}

async function ownerOf(tx: Transaction, appId: Id<'app'>): Promise<Id<'user'> | undefined> {
  const [app] = await tx
    .select({ ownerId: connectedApps.ownerId })
    .from(connectedApps)
    .where(eq(connectedApps.id, appId))
  return app?.ownerId
}

type Root = Awaited<ReturnType<typeof rulesOf>>

async function rulesOf(tx: Transaction, rootOrganizationId: Id<'organization'>) {
  const [root] = await tx
    .select({
      id: organizations.id,
      name: organizations.name,
      appCreation: organizations.appCreation,
      appsMax: organizations.appsMax,
    })
    .from(organizations)
    .where(eq(organizations.id, rootOrganizationId))
  if (!root) throw new Error(`The root organization ${rootOrganizationId} is missing.`)
  return root
}

async function refuseClosed(tx: Transaction, actor: Actor, organization: Organization, root: Root) {
  const { roles } = await standingOf(tx, actor, organization.id)
  if (mayCreateUnder(root.appCreation, actor.kind !== 'user' || roles.includes('administrator'))) return
  throw new Refusal(
    'forbidden',
    root.appCreation === 'nobody'
      ? `${root.name} has closed the creation of apps; those it has go on. Its administrators open it again in Settings.`
      : `In ${root.name} only administrators create apps. Ask one of them.`,
  )
}

/** The root's row is locked, so two at once cannot both be the last one. */
async function refuseTooMany(tx: Transaction, { id, name, appsMax }: Root): Promise<void> {
  const [row] = await tx
    .select({ apps: count() })
    .from(connectedApps)
    .where(and(eq(connectedApps.rootOrganizationId, id), isNull(connectedApps.endedAt)))
  if ((row?.apps ?? 0) < appsMax) return
  const most = appsMax.toLocaleString('en')
  throw new Refusal(
    'limit-reached',
    `${name} has at most ${most} apps. Delete one that nobody uses, or ask whoever runs this deployment for more.`,
  )
}
