import type { Transaction } from '#db/client'
import { appContexts } from '#db/schema/connected-apps'
import { insertKnownSecret } from './secrets.ts'
import { named, type World } from './world.ts'

export type ApiClient = { clientId: string; clientSecret: string; scopes: readonly string[] }

/** Lets scripts drive the demo: an administrator's scopes in the first organization and all of its business groups. */
export async function openToScripts(tx: Transaction, world: World): Promise<ApiClient> {
  const app = named(world.apps, 'console-automation')
  const tree = [...world.organizations.values()].filter(({ root }) => root === app.organization.key)
  const contexts = app.scopes.flatMap((scope) =>
    tree.map((place) => ({ appId: app.id, scope, organizationId: place.id })),
  )
  await tx.insert(appContexts).values(contexts)
  const clientSecret = await insertKnownSecret(tx, app, 'For scripts')
  return { clientId: app.clientId, clientSecret, scopes: app.scopes }
}
