import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import { record } from '../audit/record.ts'
import { refuseOwnGain } from '../connected-apps/refuse-own-gain.ts'
import type { Actor } from '../permissions/actor.ts'
import { findEntryGroup } from './find-entry-group.ts'
import { findListableApp, type ListableApp } from './find-listable-app.ts'
import { growEntry } from './grow-entry.ts'
import { limitsSaid } from './limits-said.ts'
import { openAllowlist } from './open-allowlist.ts'
import { type AddEntryInput, addEntrySchema } from './schema.ts'

/**
 * Allowlists an app by its client ID, without a request: for the scopes given, or for all it asks for today that is good here. An entry
 * that is there grows and keeps its limits; a new one may have an end, and be for a group. Refuses scopes the app does not ask for or that are void here, and an app that lists itself or an app it registered.
 */
export async function addEntry(
  actor: Actor,
  input: AddEntryInput,
): Promise<{ appId: ListableApp['id']; scopes: string[] }> {
  const { rootOrganizationId, clientId, scopes, endsAt, groupId } = parse(addEntrySchema, input)
  return transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.change-entries')
    const app = await findListableApp(tx, rootOrganizationId, { clientId }, 'clientId')
    await refuseOwnGain(tx, actor, app.id)
    refuseScopesBeyond(app, scopes ?? [])
    const group = groupId ? await findEntryGroup(tx, rootOrganizationId, groupId) : null
    const grown = await growEntry(tx, actor, allowlist, {
      app: { id: app.id, name: app.name },
      scopes: scopes ?? app.goodScopes,
      limits: { endsAt, group },
    })
    if (grown.isNew || grown.added.length > 0) {
      await record(tx, actor, {
        name: grown.isNew ? 'allowlist.entry-added' : 'allowlist.entry-widened',
        rootOrganizationId,
        appId: app.id,
        subject: { id: app.id, name: app.name },
        details: {
          version: grown.version,
          added: grown.added,
          scopes: grown.scopes,
          ...(grown.isNew && limitsSaid({ endsAt, group })),
        },
      })
    }
    return { appId: app.id, scopes: grown.scopes }
  })
}

function refuseScopesBeyond(app: ListableApp, scopes: readonly string[]): void {
  const [beyond] = scopesBeyond(scopes, app.goodScopes)
  if (beyond === undefined) return
  const sentence = app.scopes.includes(beyond)
    ? `${beyond} is good for nothing in your organization.`
    : `${app.name} does not ask for ${beyond}.`
  throw new Refusal('invalid', sentence, { scopes: sentence })
}
