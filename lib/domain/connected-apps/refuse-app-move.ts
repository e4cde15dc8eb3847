import { eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { users } from '#db/schema/users'
import { type Id, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkQuota } from './check-quota.ts'
import type { App } from './open-app.ts'
import { governs } from './possible-owners.ts'
import { refuseIntrospecting } from './refuse-introspecting.ts'

type Place = { id: Id<'organization'>; rootOrganizationId: Id<'organization'>; name: string }

/**
 * Refuses to let an app reside where it cannot: in another tree, where its owner has no right or no room, where places of
 * its scopes would lie outside, or where people who do not administer the root organization would come to rule an app that
 * introspects for all of it. Each says what to do first.
 */
export async function refuseAppMove(
  tx: Database | Transaction,
  actor: Actor,
  app: App,
  to: Place,
): Promise<void> {
  if (to.rootOrganizationId !== app.rootOrganizationId)
    throw refused('An app stays in its root organization.')
  await refuseIntrospecting(tx, actor, {
    which: sql`c.id = ${uuidOf(app.id)}::uuid`,
    to,
    field: 'organizationId',
  })
  await refuseOutside(tx, app, to)
  if (!(await governs(tx, app.ownerId, to.id))) {
    const [owner] = await tx.select({ fullName: users.fullName }).from(users).where(eq(users.id, app.ownerId))
    throw refused(
      `${owner?.fullName} owns ${app.name} and neither administers ${to.name} nor develops in it. Change the owner first.`,
    )
  }
  await checkQuota(tx, app.ownerId, to.id, { field: 'organizationId', movingId: app.id })
}

/** An app's places lie inside its residence, so that whoever rules its secrets rules what it reaches. */
async function refuseOutside(tx: Database | Transaction, app: App, to: Place): Promise<void> {
  const outside = await tx.execute<{ name: string }>(sql`
    select o.name from app_contexts x join organizations o on o.id = x.organization_id
    where x.app_id = ${uuidOf(app.id)}::uuid and not exists (
      select from organization_ancestors a
      where a.organization_id = x.organization_id and a.ancestor_id = ${uuidOf(to.id)}::uuid)
    group by o.id order by lower(o.name), o.id`)
  if (outside.length === 0) return
  const shown = outside.slice(0, OUTSIDE_NAMED_MAX).map(({ name }) => name)
  const more = outside.length - shown.length
  const names = new Intl.ListFormat('en', { type: 'conjunction' }).format(
    more > 0 ? [...shown, `${more.toLocaleString('en')} more`] : shown,
  )
  throw refused(
    `${app.name} uses scopes in ${names}, outside ${to.name}. Take those places from it first, under Scopes.`,
  )
}

/** As many as a sentence bears. */
const OUTSIDE_NAMED_MAX = 3

function refused(sentence: string): Refusal {
  return new Refusal('invalid', sentence, { organizationId: sentence })
}
