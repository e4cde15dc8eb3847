import { and, eq } from 'drizzle-orm'
import { database } from '#db/client'
import { liveAuthorizations } from '#db/schema/authorizations'
import { type bulkRotations, connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { findContexts } from './find-contexts.ts'

type Rotation = Pick<
  typeof bulkRotations.$inferSelect,
  'startedBy' | 'startedByAppId' | 'startedWithScopes' | 'rootOrganizationId'
>

/**
 * Whoever began a bulk rotation, as they are now: rights they lost meanwhile are gone, and through an app they hold no
 * more than its token held then, and no more than the person's yes to it covers: nothing once it is disabled, deleted, removed,
 * blocked or frozen.
 */
export async function findBeginner(rotation: Rotation): Promise<Actor> {
  const app = rotation.startedByAppId ? await findApp(rotation.startedByAppId) : undefined
  const begunWith = app?.isAtWork ? rotation.startedWithScopes : []
  if (rotation.startedBy) {
    const userId = rotation.startedBy
    const covered = app ? await findCovered(userId, app.id, rotation.rootOrganizationId) : []
    const scopes = begunWith.filter((scope) => covered.includes(scope))
    const [person] = await database().select({ name: users.fullName }).from(users).where(eq(users.id, userId))
    const through = app && {
      appId: app.id,
      appName: app.name,
      scopes,
      rootOrganizationId: rotation.rootOrganizationId,
    }
    return { kind: 'user', userId, name: person?.name ?? '', ...(through ? { through } : {}) }
  }
  if (!app) throw new Error('A bulk rotation was begun by nobody.')
  const contexts = (await findContexts(app.id)).filter(({ scope }) => begunWith.includes(scope))
  return { kind: 'app', appId: app.id, name: app.name, contexts }
}

/** What the person's yes to the app covers, while its tokens are good. */
async function findCovered(
  userId: Id<'user'>,
  appId: Id<'app'>,
  rootOrganizationId: Id<'organization'>,
): Promise<readonly string[]> {
  const [yes] = await database()
    .select({ scopes: liveAuthorizations.scopes })
    .from(liveAuthorizations)
    .where(
      and(
        eq(liveAuthorizations.userId, userId),
        eq(liveAuthorizations.appId, appId),
        eq(liveAuthorizations.rootOrganizationId, rootOrganizationId),
        eq(liveAuthorizations.isHeld, false),
      ),
    )
  return yes?.scopes ?? []
}

async function findApp(appId: Id<'app'>) {
  const [app] = await database()
    .select({
      id: connectedApps.id,
      name: connectedApps.name,
      disabledAt: connectedApps.disabledAt,
      endedAt: connectedApps.endedAt,
    })
    .from(connectedApps)
    .where(eq(connectedApps.id, appId))
  return app && { id: app.id, name: app.name, isAtWork: app.disabledAt === null && app.endedAt === null }
}
