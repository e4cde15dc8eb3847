import { desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { database } from '#db/client'
import { appKeys } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { kindOf } from './read-keys.ts'

/** The story of one public key. */
export type KeyStory = {
  id: Id<'appKey'>
  name: string
  kid: string
  /** “RSA, 2048 bits”, “P-256”. */
  kind: string
  createdBy: string | null
  createdAt: Date
  expiresAt: Date | null
  endedAt: Date | null
  endedBy: string | null
  lastUsedAt: Date | null
  lastUsedIp: string | null
  isLive: boolean
}

/** The keys of one app, live ones first, newest first; for whoever was already let in. */
export async function keyStories(appId: Id<'app'>): Promise<KeyStory[]> {
  const authors = alias(users, 'authors')
  const enders = alias(users, 'enders')
  const isLive = sql<boolean>`(${appKeys.endedAt} is null and (${appKeys.expiresAt} is null or ${appKeys.expiresAt} > now()))`
  const rows = await database()
    .select({
      id: appKeys.id,
      name: appKeys.name,
      kid: appKeys.kid,
      jwk: appKeys.publicJwk,
      createdBy: authors.fullName,
      createdAt: appKeys.createdAt,
      expiresAt: appKeys.expiresAt,
      endedAt: appKeys.endedAt,
      endedBy: enders.fullName,
      lastUsedAt: appKeys.lastUsedAt,
      lastUsedIp: appKeys.lastUsedIp,
      isLive,
    })
    .from(appKeys)
    .leftJoin(authors, eq(authors.id, appKeys.createdBy))
    .leftJoin(enders, eq(enders.id, appKeys.endedBy))
    .where(eq(appKeys.appId, appId))
    .orderBy(desc(isLive), desc(appKeys.createdAt), desc(appKeys.id))
  return rows.map(({ jwk, ...key }) => ({ ...key, kind: kindOf(jwk) }))
}
