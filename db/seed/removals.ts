import type { Transaction } from '#db/client'
import { removalParts, removals } from '#db/schema/installations'
import type { Id } from '#lib/base/ids'
import type { Authorization } from './authorizations.ts'
import type { Installation } from './installations.ts'
import { idAt } from './moments.ts'
import { named, type World } from './world.ts'

export type Removal = {
  id: Id<'removal'>
  installation: Installation
  at: Date
  people: number
  families: number
  tokens: number
}

/** The receipt of each time an app was removed for everyone. */
export function castRemovals(
  installations: readonly Installation[],
  authorizations: readonly Authorization[],
): Removal[] {
  return installations.flatMap((installation) => {
    const { cutAt: at, blockedAt, unblockedAt } = installation
    if (!at || blockedAt || unblockedAt) return []
    const { length: people } = authorizations.filter(
      (yes) => yes.installation === installation && yes.epoch === 0,
    )
    return [{ id: idAt('removal', at), installation, at, people, families: people + 2, tokens: people + 4 }]
  })
}

export async function insertRemovals(tx: Transaction, cast: readonly Removal[], world: World): Promise<void> {
  if (cast.length === 0) return
  await tx.insert(removals).values(
    cast.map(({ id, installation, at, people, families, tokens }) => {
      const by = removerOf(installation, world)
      return {
        id,
        rootOrganizationId: installation.root.id,
        kind: 'app' as const,
        removedAt: at,
        removedBy: by.id,
        removedByName: by.fullName,
        apps: 1,
        authorizations: people,
        families,
        tokens,
        jwtsSeenAt: at,
        countedAt: at,
      }
    }),
  )
  await tx.insert(removalParts).values(
    cast.map(({ id, installation, at, people, families, tokens }) => ({
      removalId: id,
      number: 0,
      installationId: installation.id,
      appName: installation.app.name,
      epoch: 0,
      authorizations: people,
      families,
      tokens,
      countedAt: at,
    })),
  )
}

/** Who stops apps in an organization. */
export function removerOf({ root }: Installation, { people }: World) {
  return named(people, root.owner === 'priya' ? 'aisha' : (root.owner ?? ''))
}
