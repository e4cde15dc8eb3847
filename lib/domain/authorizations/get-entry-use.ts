import { and, eq } from 'drizzle-orm'
import { database } from '#db/client'
import { liveEntries } from '#db/schema/allowlist'
import { installations } from '#db/schema/installations'
import { type Id, isId } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { readLiveNumbers } from './live-numbers.ts'

export type EntryUse = {
  /** Who has authorized the app: exact up to 10,000; 10,001 stands for more. */
  people: number
  /** What the entry holds and nobody has granted. */
  unused: string[]
}

/** What of an app's entry on the allowlist is in use: how many people, and which of its scopes nobody has granted. Refuses an app that is not listed. */
export async function getEntryUse(
  actor: Actor,
  { rootOrganizationId, appId }: { rootOrganizationId: Id<'organization'>; appId: Id<'app'> },
): Promise<EntryUse> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'allowlist.view')
  const [row] = isId('app', appId)
    ? await db
        .select({ scopes: liveEntries.scopes, installationId: installations.id })
        .from(liveEntries)
        .leftJoin(
          installations,
          and(
            eq(installations.rootOrganizationId, liveEntries.rootOrganizationId),
            eq(installations.appId, liveEntries.appId),
          ),
        )
        .where(and(eq(liveEntries.rootOrganizationId, rootOrganizationId), eq(liveEntries.appId, appId)))
    : []
  if (!row) throw new Refusal('not-found', 'This app is not on the allowlist.')
  const { scopes, installationId } = row
  const numbers = installationId && (await readLiveNumbers(db, [installationId])).get(installationId)
  return { people: numbers?.people ?? 0, unused: scopesBeyond(scopes, numbers?.scopes ?? []) }
}
