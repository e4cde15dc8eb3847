import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { may } from '../permissions/may.ts'
import { standingOf } from '../permissions/standing.ts'
import { keepsResidenceForRoot } from './rules.ts'

type Place = { id: Id<'organization'>; rootOrganizationId: Id<'organization'>; name: string }
type Move = {
  /** Which apps `c` come along. */
  which: SQL
  to: Place
  /** What of the input is refused. */
  field: 'organizationId' | 'parentId'
}

/**
 * Refuses a move that brings an app which introspects under administrators other than the root's, unless one of those does
 * it: whoever could name it. Right below the root organization, or in it, nobody else comes to rule it.
 */
export async function refuseIntrospecting(
  tx: Database | Transaction,
  actor: Actor,
  { which, to, field }: Move,
): Promise<void> {
  if (to.id === to.rootOrganizationId) return
  const place = { organizationId: to.id, rootOrganizationId: to.rootOrganizationId }
  if (may(actor, 'connected-apps.let-introspect', place, await standingOf(tx, actor, to.id))) return
  const [app] = await tx.execute<{
    name: string
    introspectsOrganization: boolean
    answersFor: string | null
  }>(sql`
    select c.name, c.introspects_organization as "introspectsOrganization", a.name as "answersFor"
    from connected_apps c left join apis a on a.resource_server_app_id = c.id and a.ended_at is null
    where c.ended_at is null and (${which}) and (c.introspects_organization or a.id is not null)
    order by c.introspects_organization desc, lower(c.name), lower(a.name) limit 1`)
  if (!app || !keepsResidenceForRoot(app)) return
  const does = app.introspectsOrganization
    ? 'introspects for the whole organization'
    : `answers for the API ${app.answersFor}`
  const lets = field === 'organizationId' ? 'let it reside in' : 'bring it below'
  const sentence = `${app.name} ${does}: only an administrator of the root organization can ${lets} ${to.name}, or take that from it first.`
  throw new Refusal('invalid', sentence, { [field]: sentence })
}
