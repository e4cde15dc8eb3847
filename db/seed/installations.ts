import type { Transaction } from '#db/client'
import { installations } from '#db/schema/installations'
import type { Id } from '#lib/base/ids'
import type { App } from './apps.ts'
import { AUTHORIZED_APPS } from './authorization-tables.ts'
import { DAY, idAt, later } from './moments.ts'
import type { Organization } from './organizations.ts'
import { marksOf } from './read-table.ts'
import { named, type World } from './world.ts'

type Row = (typeof AUTHORIZED_APPS)[number]

export type Installation = {
  id: Id<'installation'>
  row: Row
  app: App
  root: Organization
  since: Date
  lastUsedAt: Date
  epoch: number
  /** When the epoch grew: yeses from before are dead. */
  cutAt: Date | null
  frozenAt: Date | null
  blockedAt: Date | null
  unblockedAt: Date | null
  /** A scope that the app began to ask for later. */
  widening: { scope: string; at: Date } | null
}

/** A block that was lifted had lasted this long. */
const BLOCK_LASTED = 5 * DAY

export function castInstallations(world: World): Installation[] {
  const { clock, apps, organizations } = world
  return AUTHORIZED_APPS.map((row) => {
    const marks = marksOf(row.marks)
    const moment = (mark: string) => clock.agoOrNever(marks.get(mark) ?? '-')
    const since = clock.ago(row.since)
    const unblockedAt = moment('unblocked')
    const cutAt = moment('removed') ?? moment('blocked') ?? (unblockedAt && later(unblockedAt, -BLOCK_LASTED))
    const [scope, from] = marks.get('widened')?.split('@') ?? []
    return {
      id: idAt('installation', since),
      row,
      app: named(apps, row.app),
      root: named(organizations, row.root),
      since,
      lastUsedAt: clock.ago(row.used),
      epoch: cutAt ? 1 : 0,
      cutAt,
      frozenAt: moment('frozen'),
      blockedAt: moment('blocked'),
      unblockedAt,
      widening: scope && from ? { scope, at: clock.ago(from) } : null,
    }
  })
}

export async function insertInstallations(
  tx: Transaction,
  cast: readonly Installation[],
  { people }: World,
): Promise<void> {
  const { id: administrator } = named(people, 'aisha')
  await tx.insert(installations).values(
    cast.map(({ id, app, root, since, lastUsedAt, epoch, frozenAt, blockedAt }) => ({
      id,
      rootOrganizationId: root.id,
      appId: app.id,
      epoch,
      createdAt: since,
      firstAuthorizedAt: since,
      lastUsedAt,
      frozenAt,
      frozenBy: frozenAt && administrator,
      blockedAt,
      blockedBy: blockedAt && administrator,
    })),
  )
}
