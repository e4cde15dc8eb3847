import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships, organizationAncestors, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordEach } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { User } from '../users/open-user.ts'
import { type BulkReceipt, bulkReceipt } from './bulk-receipt.ts'
import { fitIntoQuota } from './check-quota.ts'
import { dueSinceHandOver } from './due-since-hand-over.ts'
import type { App } from './open-app.ts'
import { openApps, type RefusedApp } from './open-apps.ts'
import { type ChangeOwnerOfAppsInput, changeOwnerOfAppsSchema } from './schema.ts'
import { reachOf } from './wanted-apps.ts'

/**
 * Hands many apps to one person, as an edited owner hands one: all of those allowed, in one transaction, with an event for
 * each; their secrets should be rotated from then on. Refuses, app by app, a person who neither administers nor develops in its
 * organization, and what their quota has no room for. As a preview it changes nothing and says what would.
 */
export async function changeOwnerOfApps(actor: Actor, input: ChangeOwnerOfAppsInput): Promise<BulkReceipt> {
  const { selection, ownerId, isPreview } = parse(changeOwnerOfAppsSchema, input)
  return transaction(async (tx) => {
    // The tree before both, as whoever deletes or moves a business group holds it: they hold apps and places the other way round.
    await holdTree(tx, actor, selection.organizationId)
    // The person before the apps, as whoever removes a person holds them: the two wait for each other, never in a circle.
    const { owner, placeIds } = await holdPerson(tx, ownerId)
    const wish = { permission: 'connected-apps.change-owner', isGain: true } as const
    const { apps, refused } = await openApps(tx, actor, selection, wish)
    if (!owner) throw noSuchPerson()
    const others = apps.filter((app) => app.ownerId !== ownerId)
    const theirs = await below(tx, placeIds)
    const elsewhere = others.filter((app) => !theirs.has(app.organizationId))
    const { fitting: moving, over } = await fitIntoQuota(
      tx,
      ownerId,
      others.filter((app) => theirs.has(app.organizationId)),
    )
    const receipt = bulkReceipt(moving, apps.length - others.length, [
      ...refused,
      ...elsewhere.map((app) => refusedApp(app, 'They neither administer nor develop where it resides.')),
      ...over.map(({ app, sentence }) => refusedApp(app, sentence)),
    ])
    if (!isPreview && moving.length > 0) await move(tx, actor, moving, owner)
    return receipt
  })
}

function refusedApp({ id, name }: App, sentence: string): RefusedApp {
  return { appId: id, name, sentence }
}

/** For whoever may see apps there; anybody else is refused before they make others wait. */
async function holdTree(tx: Transaction, actor: Actor, organizationId: Id<'organization'>): Promise<void> {
  const { rootOrganizationId } = await reachOf(tx, actor, organizationId)
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, rootOrganizationId))
    .for('no key update')
}

type Held = { owner: User | undefined; placeIds: Id<'organization'>[] }

/** The person, if their account is active, and the organizations in which they have the role to administer or to develop. */
async function holdPerson(tx: Transaction, userId: Id<'user'>): Promise<Held> {
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
    .for('share')
  const places = await tx
    .select({ id: memberships.organizationId })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        inArray(memberships.role, ['administrator', 'developer']),
        isNull(memberships.endedAt),
      ),
    )
    .for('share')
  return { owner: user, placeIds: places.map(({ id }) => id) }
}

/** All that lies in these places. Asked while the apps are held: until then a business group may move from under somebody. */
async function below(tx: Transaction, placeIds: readonly Id<'organization'>[]): Promise<Set<string>> {
  if (placeIds.length === 0) return new Set()
  const rows = await tx
    .select({ id: organizationAncestors.organizationId })
    .from(organizationAncestors)
    .where(inArray(organizationAncestors.ancestorId, [...placeIds]))
  return new Set(rows.map(({ id }) => id))
}

function noSuchPerson(): Refusal {
  const sentence = 'There is no active account of that person.'
  return new Refusal('invalid', sentence, { ownerId: sentence })
}

async function move(tx: Transaction, actor: Actor, apps: readonly App[], owner: User): Promise<void> {
  const ids = apps.map((app) => app.id)
  await tx
    .update(connectedApps)
    .set({
      ownerId: owner.id,
      version: sql`${connectedApps.version} + 1`,
      updatedAt: sql`now()`,
      updatedBy: personOf(actor),
      rotationDueSince: dueSinceHandOver,
    })
    .where(inArray(connectedApps.id, ids))
  const former = await tx
    .select({ id: users.id, fullName: users.fullName })
    .from(users)
    .where(inArray(users.id, [...new Set(apps.map((app) => app.ownerId))]))
  const nameOf = new Map(former.map(({ id, fullName }) => [id, fullName]))
  await recordEach(
    tx,
    actor,
    apps.map((app) => ({
      name: 'connected-app.owner-changed',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId: app.id,
      subject: { id: app.id, name: app.name },
      details: {
        version: app.version + 1,
        changed: { ownerId: { before: app.ownerId, after: owner.id } },
        previousOwner: nameOf.get(app.ownerId),
        newOwner: owner.fullName,
        trigger: 'edited',
      },
    })),
  )
}
