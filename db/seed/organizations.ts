import type { Transaction } from '#db/client'
import { environments, organizationAncestors, organizations } from '#db/schema/organizations'
import type { Id } from '#lib/base/ids'
import { type Clock, HOUR, idAt, later } from './moments.ts'
import type { Person } from './people.ts'
import { readTable } from './read-table.ts'
import { type Named, named, type World } from './world.ts'

/** Two root organizations with people at work in them, and four that are there for the apps they publish. */
const ORGANIZATIONS = readTable(
  ['key', 'name', 'parent', 'owner', 'website', 'since'],
  `
  northwind   | Northwind Trading | -         | priya  | https://northwind.example   | 545d
  finance     | Finance           | northwind |        |                             | 543d
  logistics   | Logistics         | northwind |        |                             | 543d
  warehousing | Warehousing       | logistics |        |                             | 480d
  care        | Customer Care     | northwind |        |                             | 541d
  sales       | Sales             | northwind |        |                             | 402d
  kestrel     | Kestrel Software  | -         | elif   | https://kestrel.example     | 538d
  platform    | Platform          | kestrel   |        |                             | 536d
  labs        | Labs              | kestrel   |        |                             | 310d
  parcelwise  | Parcelwise GmbH   | -         | stefan | https://parcelwise.example  | 530d
  sheetbridge | Sheetbridge Inc.  | -         | dana   | https://sheetbridge.example | 529d
  deskline    | Deskline Ltd      | -         | owen   | https://deskline.example    | 511d
  meetly      | Meetly Labs       | -         | ingrid | https://meetly.example      | 377d
`,
)

const ENVIRONMENTS = readTable(
  ['organization', 'name', 'kind'],
  `
  northwind   | Production | production
  northwind   | Sandbox    | sandbox
  northwind   | Design     | design
  finance     | Production | production
  finance     | Sandbox    | sandbox
  logistics   | Production | production
  warehousing | Production | production
  kestrel     | Production | production
`,
)

export type Organization = {
  key: string
  id: Id<'organization'>
  name: string
  website: string | null
  since: Date
  /** The root organization's key; its own for a root organization. */
  root: string
  rootOrganizationId: Id<'organization'>
  /** Itself first, its root organization last. */
  line: readonly Organization[]
  /** The key of a root organization's owner. */
  owner: string | null
}

export function castOrganizations(clock: Clock): Named<Organization> {
  const cast: Named<Organization> = new Map()
  for (const { key, name, parent, owner, website, since } of ORGANIZATIONS) {
    const above = parent === '-' ? undefined : named(cast, parent)
    const id = idAt('organization', clock.ago(since))
    const organization = {
      key,
      id,
      name,
      website: website || null,
      since: clock.ago(since),
      root: above?.root ?? key,
      rootOrganizationId: above?.rootOrganizationId ?? id,
      line: [] as readonly Organization[],
      owner: owner || null,
    }
    organization.line = [organization, ...(above?.line ?? [])]
    cast.set(key, organization)
  }
  return cast
}

export async function insertOrganizations(
  tx: Transaction,
  cast: Named<Organization>,
  people: Named<Person>,
): Promise<void> {
  const all = [...cast.values()]
  await tx.insert(organizations).values(
    all.map(({ id, name, website, since, rootOrganizationId, line, owner }) => ({
      id,
      name,
      website,
      rootOrganizationId,
      parentId: line[1]?.id,
      ownerId: owner ? named(people, owner).id : null,
      createdAt: since,
    })),
  )
  await tx
    .insert(organizationAncestors)
    .values(
      all.flatMap(({ id, line }) =>
        line.map((above, depth) => ({ organizationId: id, ancestorId: above.id, depth })),
      ),
    )
}

/** Gives organizations their labels; says which is which by `organization/kind`. */
export async function insertEnvironments(tx: Transaction, world: World): Promise<Named<Id<'environment'>>> {
  const { organizations: cast, people, chronicle } = world
  const made: Named<Id<'environment'>> = new Map()
  const rows = ENVIRONMENTS.map(({ organization, name, kind }) => {
    const where = named(cast, organization)
    const by = named(people, named(cast, where.root).owner ?? '')
    const at = later(where.since, HOUR)
    const id = idAt('environment', at)
    made.set(`${organization}/${kind}`, id)
    chronicle.tell({ at, name: 'environment.created', by, where, subject: { id, name }, details: { kind } })
    return { id, organizationId: where.id, name, kind: kind as 'design' | 'sandbox' | 'production' }
  })
  await tx.insert(environments).values(rows)
  return made
}
