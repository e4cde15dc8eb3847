import { generateKeyPairSync } from 'node:crypto'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { database } from '#db/client'
import { appLogos, appSecrets, connectedApps } from '#db/schema/connected-apps'
import { addKeys } from '#lib/domain/connected-apps/add-keys'
import { changeOwnerOfApps } from '#lib/domain/connected-apps/change-owner-of-apps'
import { countOwnedApps } from '#lib/domain/connected-apps/count-owned-apps'
import { createApp } from '#lib/domain/connected-apps/create-app'
import { deleteApp } from '#lib/domain/connected-apps/delete-app'
import { disableApp } from '#lib/domain/connected-apps/disable-app'
import { disableApps } from '#lib/domain/connected-apps/disable-apps'
import { dismissRotationMark } from '#lib/domain/connected-apps/dismiss-rotation-mark'
import { enableApp } from '#lib/domain/connected-apps/enable-app'
import { enableApps } from '#lib/domain/connected-apps/enable-apps'
import { endKey } from '#lib/domain/connected-apps/end-key'
import { endSecret } from '#lib/domain/connected-apps/end-secret'
import { getApp } from '#lib/domain/connected-apps/get-app'
import { getPublishedKeys } from '#lib/domain/connected-apps/get-published-keys'
import { listAppOwners } from '#lib/domain/connected-apps/list-app-owners'
import { listOwnedApps } from '#lib/domain/connected-apps/list-owned-apps'
import { listPlaces } from '#lib/domain/connected-apps/list-places'
import { listPossibleOwners, listPossibleOwnersBelow } from '#lib/domain/connected-apps/list-possible-owners'
import { listScopes } from '#lib/domain/connected-apps/list-scopes'
import { moveApp } from '#lib/domain/connected-apps/move-app'
import { previewAppMove } from '#lib/domain/connected-apps/preview-app-move'
import { removeLogo } from '#lib/domain/connected-apps/remove-logo'
import { renameSecret } from '#lib/domain/connected-apps/rename-secret'
import { rotateSecret } from '#lib/domain/connected-apps/rotate-secret'
import { setContexts } from '#lib/domain/connected-apps/set-contexts'
import { setIntrospection } from '#lib/domain/connected-apps/set-introspection'
import { setJwksUri } from '#lib/domain/connected-apps/set-jwks-uri'
import { setLogo } from '#lib/domain/connected-apps/set-logo'
import { updateApp } from '#lib/domain/connected-apps/update-app'
import { revokeApp } from '#lib/domain/installations/revoke-app'
import { as } from '#test/actors'
import { APP, all, GROUP, GROUP_BELOW, LIST_APPS, lists, needs, needsInBranch } from '../needs.ts'
import { row } from '../row.ts'
import type { World } from '../world.ts'

const NEW_APP = { name: 'Brand new', actsAs: 'user' as const, redirectUris: ['https://new.example.com/cb'] }

/** From Sales to the business group below it. */
export const MOVE_TO_FIELD = all(needs('connected-apps.move', APP), needs('connected-apps.move', GROUP_BELOW))

export const CONNECTED_APPS = [
  row(
    listOwnedApps,
    (w) => ({ organizationId: w.sales.id }),
    lists(LIST_APPS, needs('connected-apps.view', APP)),
    { shows: ({ apps }, w) => apps.some(({ id }) => id === w.app.id) },
  ),
  row(
    countOwnedApps,
    (w) => ({ organizationId: w.sales.id }),
    lists(LIST_APPS, needs('connected-apps.view', APP)),
    { shows: ({ total }) => total > 0 },
  ),
  row(
    listAppOwners,
    (w) => ({ organizationId: w.sales.id }),
    lists(LIST_APPS, needs('connected-apps.view', APP)),
    { shows: (owners, w) => owners.some(({ id }) => id === w.app.ownerId) },
  ),
  row(
    listPossibleOwnersBelow,
    (w) => ({ organizationId: w.sales.id }),
    needs('connected-apps.change-owner', GROUP),
  ),
  row(getApp, (w) => w.app.id, needs('connected-apps.view', APP)),
  row(listPlaces, (w) => w.sales.id, needs('organizations.view', GROUP)),
  row(listPossibleOwners, (w) => w.app.id, needs('connected-apps.change-owner', APP), { more: [''] }),
  row(listScopes, (w) => w.sales.id, needs('connected-apps.list', GROUP)),
  row(createApp, (w) => ({ ...NEW_APP, organizationId: w.sales.id }), needs('connected-apps.create', GROUP)),
  row(
    createApp,
    (w) => ({ ...NEW_APP, organizationId: w.sales.id, ownerId: w.colleague.id }),
    all(needs('connected-apps.create', GROUP), needs('connected-apps.change-owner', GROUP)),
    { how: 'for somebody else' },
  ),
  row(
    updateApp,
    (w) => ({ appId: w.app.id, version: 1, name: 'Renamed', website: 'https://app.example.com' }),
    needs('connected-apps.update', APP),
  ),
  row(
    updateApp,
    (w) => ({ appId: w.app.id, version: 1, ownerId: w.colleague.id }),
    all(needs('connected-apps.update', APP), needs('connected-apps.change-owner', APP)),
    { how: 'and hands it over' },
  ),
  row(previewAppMove, (w) => ({ appId: w.app.id, organizationId: w.places.field.id }), MOVE_TO_FIELD),
  row(moveApp, (w) => ({ appId: w.app.id, organizationId: w.places.field.id, version: 1 }), MOVE_TO_FIELD),
  row(
    setContexts,
    (w) => ({ appId: w.machine.id, version: 1, scopes: [], contexts: [] }),
    needs('connected-apps.update', APP),
  ),
  row(
    rotateSecret,
    (w) => ({ appId: w.app.id, overlapHours: 24 as const }),
    needs('connected-apps.rotate-secret', APP),
  ),
  row(dismissRotationMark, marked, needs('connected-apps.rotate-secret', APP)),
  row(
    endSecret,
    async (w) => ({ appId: w.app.id, secretId: await secretOf(w) }),
    needs('connected-apps.rotate-secret', APP),
  ),
  row(
    renameSecret,
    async (w) => ({ appId: w.app.id, secretId: await secretOf(w), name: 'Renamed' }),
    needs('connected-apps.rotate-secret', APP),
  ),
  row(disableApp, (w) => ({ appId: w.app.id }), needs('connected-apps.disable', APP)),
  row(revokeApp, (w) => ({ appId: w.app.id }), needs('connected-apps.disable', APP)),
  row(
    enableApp,
    async (w) => {
      await disabled(w)
      return { appId: w.app.id }
    },
    needs('connected-apps.disable', APP),
  ),
  row(
    disableApps,
    (w) => ({ selection: theApp(w) }),
    lists(LIST_APPS, all(needs('connected-apps.view', APP), needs('connected-apps.disable', APP))),
  ),
  row(
    enableApps,
    async (w) => {
      await disabled(w)
      return { selection: theApp(w) }
    },
    lists(LIST_APPS, all(needs('connected-apps.view', APP), needs('connected-apps.disable', APP))),
  ),
  row(
    changeOwnerOfApps,
    (w) => ({ selection: theApp(w), ownerId: w.colleague.id }),
    lists(
      all(LIST_APPS, needsInBranch('connected-apps.change-owner')),
      all(needs('connected-apps.view', APP), needs('connected-apps.change-owner', APP)),
    ),
  ),
  row(
    setLogo,
    async (w) => ({ appId: w.app.id, picture: await aPicture() }),
    needs('connected-apps.update', APP),
  ),
  row(getPublishedKeys, (w) => w.app.id, needs('connected-apps.view', APP)),
  row(addKeys, (w) => ({ appId: w.app.id, keys: aPublicKey() }), needs('connected-apps.change-keys', APP)),
  row(
    endKey,
    async (w) => ({ appId: w.app.id, keyId: await keyOf(w) }),
    needs('connected-apps.change-keys', APP),
  ),
  row(
    setJwksUri,
    (w) => ({ appId: w.app.id, jwksUri: 'https://keys.example.com/jwks.json' }),
    needs('connected-apps.change-keys', APP),
  ),
  row(
    removeLogo,
    async (w) => {
      const png = await aPicture()
      await database()
        .insert(appLogos)
        .values({ appId: w.app.id, png, sha256: Buffer.alloc(32) })
      return { appId: w.app.id }
    },
    needs('connected-apps.update', APP),
  ),
  row(deleteApp, (w) => ({ appId: w.app.id, name: w.app.name }), needs('connected-apps.delete', APP)),
  row(
    setIntrospection,
    (w) => ({ appId: w.app.id, isOn: true }),
    needs('connected-apps.let-introspect', APP),
  ),
]

export async function secretOf(w: World) {
  const [secret] = await database().select().from(appSecrets).where(eq(appSecrets.appId, w.app.id))
  if (!secret) throw new Error('The app has a secret.')
  return secret.id
}

/** The app, whose secret should be rotated. */
export async function marked(w: World) {
  await database()
    .update(connectedApps)
    .set({ rotationDueSince: new Date() })
    .where(eq(connectedApps.id, w.app.id))
  return { appId: w.app.id }
}

const theApp = (w: World) => ({ organizationId: w.sales.id, appIds: [w.app.id] })

export async function disabled(w: World): Promise<void> {
  await database().update(connectedApps).set({ disabledAt: new Date() }).where(eq(connectedApps.id, w.app.id))
}

export const aPicture = () =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()

export function aPublicKey(): Record<string, unknown> {
  return { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }) }
}

/** A key that the app has. */
export async function keyOf(w: World) {
  const { keys } = await addKeys(as(w.people['root owner']), { appId: w.app.id, keys: aPublicKey() })
  const [key] = keys
  if (!key) throw new Error('A key was added.')
  return key.keyId
}
