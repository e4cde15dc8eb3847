import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openApp } from './open-app.ts'
import { type SetIntrospectionInput, setIntrospectionSchema } from './schema.ts'

/**
 * Names an app that may introspect every token of its root organization's people and apps (RFC 7662), such as an API
 * gateway, or takes that back; it holds at the next introspection. Only for administrators of the root organization,
 * and only for an app that can keep a secret. Unchanged: nothing happens.
 */
export async function setIntrospection(actor: Actor, input: SetIntrospectionInput): Promise<void> {
  const { appId, isOn } = parse(setIntrospectionSchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.let-introspect')
    if (isOn && app.clientType !== 'server') {
      throw new Refusal('invalid', 'Only an app that can keep a secret may introspect.')
    }
    if (app.introspectsOrganization === isOn) return
    await tx.update(connectedApps).set({ introspectsOrganization: isOn }).where(eq(connectedApps.id, appId))
    await record(tx, actor, {
      name: isOn ? 'connected-app.introspection-allowed' : 'connected-app.introspection-ended',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
    })
  })
}
