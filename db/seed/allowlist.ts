import type { Transaction } from '#db/client'
import { allowlistEntries, allowlists } from '#db/schema/allowlist'
import { ENTRIES, POLICY_CHANGES } from './allowlist-tables.ts'
import { type App, inOrder } from './apps.ts'
import { idAt } from './moments.ts'
import type { Organization } from './organizations.ts'
import type { Person } from './people.ts'
import { wordsOf } from './read-table.ts'
import { named, type World } from './world.ts'

type Mode = (typeof allowlists.$inferSelect)['mode']

/** Every root organization's policy as it stands. */
export async function insertPolicies(tx: Transaction, world: World): Promise<void> {
  const rows = new Map<string, typeof allowlists.$inferInsert>()
  for (const { root, when, by, before, after } of POLICY_CHANGES) {
    const where = named(world.organizations, root)
    const person = named(world.people, by)
    const at = world.clock.ago(when)
    const version = (rows.get(root)?.version ?? 1) + 1
    rows.set(root, {
      rootOrganizationId: where.id,
      mode: after as Mode,
      version,
      updatedAt: at,
      updatedBy: person.id,
    })
    const listed = ENTRIES.filter((entry) => entry.root === root && entry.origin === 'seeded').length
    const details = { before, after, ...(after === 'restricted' ? { listed } : {}) }
    world.chronicle.tell({ at, name: 'allowlist.policy-changed', by: person, where, subject: where, details })
  }
  await tx.insert(allowlists).values([...rows.values()])
}

type Entry = {
  where: Organization
  app: App
  by: Person
  since: Date
  scopes: string[]
  widened: { at: Date; by: Person; scope: string } | null
  ended: { at: Date; by: Person } | null
}

/** The application allowlists, with the entries that ended. */
export async function insertEntries(tx: Transaction, world: World): Promise<void> {
  const rows = ENTRIES.map((row) => {
    const entry = castEntry(row, world)
    tellOf(entry, row.origin, world)
    const { where, app, by, since, scopes, widened, ended } = entry
    return {
      id: idAt('entry', since),
      rootOrganizationId: where.id,
      appId: app.id,
      scopes,
      origin: row.origin as 'seeded' | 'request' | 'administrator',
      createdBy: by.id,
      createdAt: since,
      updatedAt: widened?.at ?? since,
      updatedBy: (widened?.by ?? by).id,
      endedAt: ended?.at,
      endedBy: ended?.by.id,
    }
  })
  await tx.insert(allowlistEntries).values(rows)
}

function castEntry(row: (typeof ENTRIES)[number], { clock, organizations, people, apps }: World): Entry {
  const app = named(apps, row.app)
  const without = new Set(wordsOf(row.without))
  const [grown, grownBy] = wordsOf(row.widened)
  const [scope, when] = grown?.split('@') ?? []
  const [end, endedBy] = wordsOf(row.ended)
  return {
    where: named(organizations, row.root),
    app,
    by: named(people, row.by),
    since: clock.ago(row.since),
    scopes: inOrder(app.scopes.filter((asked) => !without.has(asked))),
    widened: scope && when && grownBy ? { scope, at: clock.ago(when), by: named(people, grownBy) } : null,
    ended: end && endedBy ? { at: clock.ago(end), by: named(people, endedBy) } : null,
  }
}

/** A seeded entry is told by the policy's change, one from a request by its approval. */
function tellOf({ where, app, by, since, scopes, ended }: Entry, origin: string, { chronicle }: World) {
  const about = { where, app, subject: app }
  const details = { added: scopes, scopes }
  if (origin === 'administrator')
    chronicle.tell({ at: since, name: 'allowlist.entry-added', by, ...about, details })
  if (ended) chronicle.tell({ at: ended.at, name: 'allowlist.entry-removed', by: ended.by, ...about })
}
