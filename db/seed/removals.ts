import type { Transaction } from '#db/client'
import { removalParts, removals } from '#db/schema/installations'
import type { Id } from '#lib/base/ids'
import type { Authorization } from './authorizations.ts'
import type { Installation } from './installations.ts'
import { idAt } from './moments.ts'
import type { Person } from './people.ts'
import { named, type World } from './world.ts'

export type Removal = {
  id: Id<'removal'>
  installation: Installation
  /** The one that was removed; null: those of everyone. */
  yes: Authorization | null
  by: Person
  at: Date
  people: number
  families: number
  tokens: number
}

/** The receipt of each time an app was removed, for everyone or for one person. */
export function castRemovals(
  installations: readonly Installation[],
  authorizations: readonly Authorization[],
  world: World,
): Removal[] {
  const forEveryone = installations.flatMap((installation): Removal[] => {
    const { cutAt: at, blockedAt, unblockedAt } = installation
    if (!at || blockedAt || unblockedAt) return []
    const { length: people } = authorizations.filter(
      (yes) => yes.installation === installation && yes.epoch === 0,
    )
    const by = removerOf(installation, world)
    const counts = { people, families: people + 2, tokens: people + 4 }
    return [{ id: idAt('removal', at), installation, yes: null, by, at, ...counts }]
  })
  const ofOne = authorizations.flatMap((yes): Removal[] => {
    if (!yes.ended) return []
    const { at, by } = yes.ended
    const counts = { people: 1, families: 1, tokens: 1 }
    return [{ id: idAt('removal', at), installation: yes.installation, yes, by, at, ...counts }]
  })
  return [...forEveryone, ...ofOne]
}

export async function insertRemovals(tx: Transaction, cast: readonly Removal[]): Promise<void> {
  if (cast.length === 0) return
  await tx.insert(removals).values(
    cast.map(({ id, installation, yes, by, at, people, families, tokens }) => ({
      id,
      rootOrganizationId: installation.root.id,
      kind: yes ? ('people' as const) : ('app' as const),
      removedAt: at,
      removedBy: by.id,
      removedByName: by.fullName,
      apps: 1,
      authorizations: people,
      families,
      tokens,
      jwtsSeenAt: at,
      countedAt: at,
    })),
  )
  await tx.insert(removalParts).values(
    cast.map(({ id, installation, yes, at, people, families, tokens }) => ({
      removalId: id,
      number: 0,
      installationId: installation.id,
      appName: installation.app.name,
      epoch: yes?.epoch ?? 0,
      authorizationId: yes?.id,
      personName: yes?.person.fullName,
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
