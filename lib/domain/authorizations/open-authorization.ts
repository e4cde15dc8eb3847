import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { authorizations } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentTo, check } from '../permissions/check.ts'
import { isAdmitted } from '../permissions/password-tokens.ts'

const ABSENT = 'There is no such authorization here, or it has ended.'

/**
 * The only way to hold one person's authorization in order to change it. It is theirs, so they need no permission, nor
 * to know anything else of the organization; anyone else does. Their own app cannot: it acts for them, it is not them.
 */
export async function openAuthorization(
  tx: Transaction,
  actor: Actor,
  authorizationId: Id<'authorization'>,
  permission: Permission,
) {
  const [row] = await tx
    .select({
      id: authorizations.id,
      rootOrganizationId: authorizations.rootOrganizationId,
      installationId: authorizations.installationId,
      epoch: authorizations.epoch,
      app: { id: connectedApps.id, name: connectedApps.name },
      person: { id: users.id, name: users.fullName },
    })
    .from(authorizations)
    .innerJoin(
      installations,
      and(eq(installations.id, authorizations.installationId), eq(installations.epoch, authorizations.epoch)),
    )
    .innerJoin(connectedApps, eq(connectedApps.id, authorizations.appId))
    .innerJoin(users, eq(users.id, authorizations.userId))
    .where(and(eq(authorizations.id, authorizationId), isNull(authorizations.endedAt)))
    .for('update', { of: authorizations })
  if (!row) throw await absentTo(tx, actor, ABSENT)
  const isTheirs = actor.kind === 'user' && !actor.through && row.person.id === actor.userId
  const isOwn = isTheirs && (await isAdmitted(tx, actor, row.rootOrganizationId))
  const place = { organizationId: row.rootOrganizationId, rootOrganizationId: row.rootOrganizationId }
  if (!isOwn) await check(tx, actor, permission, place, { permission: 'authorizations.list', absent: ABSENT })
  return { ...row, isOwn }
}
