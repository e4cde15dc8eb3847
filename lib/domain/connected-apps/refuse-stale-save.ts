import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { refuseOvertakenSave } from '../audit/refuse-overtaken-save.ts'
import type { Actor } from '../permissions/actor.ts'
import type { App } from './open-app.ts'

export type { SavedDetails } from '../audit/refuse-overtaken-save.ts'

const FIELDS: Record<string, string> = {
  name: 'the name',
  description: 'the description',
  website: 'the website',
  grantTypes: 'the grant types',
  redirectUris: 'the redirect URIs',
  initiateLoginUri: 'the address where sign-in starts',
  audience: 'whom it is open to',
  scopes: 'the scopes',
  contexts: 'the places of its scopes',
  requiresPkce: 'whether PKCE is required',
  ownerId: 'the owner',
  organizationId: 'where it resides',
}

/** Refuses a save of an app that began from an older version than the present one, saying what changed since and by whom. */
export async function refuseStaleSave(
  tx: Transaction,
  actor: Actor,
  app: App,
  version: number,
): Promise<void> {
  const eventsOf = eq(events.appId, app.id)
  await refuseOvertakenSave(tx, actor, {
    version,
    present: app.version,
    eventsOf,
    thing: 'this app',
    fields: FIELDS,
  })
}
