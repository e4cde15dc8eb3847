import type { Authorization } from './authorizations.ts'
import type { Installation } from './installations.ts'
import { readTable, wordsOf } from './read-table.ts'
import { type Removal, removerOf } from './removals.ts'
import type { EndedFamily } from './tokens.ts'
import { named, type World } from './world.ts'

/** People who looked at a consent page and said no. */
const DENIALS = readTable(
  ['root', 'app', 'person', 'when', 'scopes'],
  `
  northwind | sheetbridge    | ravi   | 6d   | openid profile orders:read customers:read
  northwind | meetly-rooms   | grace  | 101d | openid profile calendar:read
  northwind | deskline-support | pavel | 77d | openid profile email tickets:read tickets:write
  kestrel   | signwell-desk  | leila  | 15d  | openid profile files:read files:write
`,
)

/** Every yes and no, what was removed, blocked and frozen, and families that ended by themselves. */
export function tellOfAuthorizations(
  installations: readonly Installation[],
  authorizations: readonly Authorization[],
  removals: readonly Removal[],
  endedFamilies: readonly EndedFamily[],
  world: World,
): void {
  for (const authorization of authorizations) tellOfYes(authorization, removals, world)
  for (const installation of installations) tellOfStops(installation, removals, world)
  for (const { id, authorization, at, reason } of endedFamilies) {
    const { app, root } = authorization.installation
    const details = { familyId: id, reason }
    world.chronicle.tell({ at, name: 'token-family.ended', by: app, where: root, app, subject: app, details })
  }
  for (const { root, app, person, when, scopes } of DENIALS) {
    const by = named(world.people, person)
    const where = named(world.organizations, root)
    const subject = named(world.apps, app)
    const details = { scopes: wordsOf(scopes).sort() }
    world.chronicle.tell({
      at: world.clock.ago(when),
      name: 'authorization.denied',
      by,
      where,
      app: subject,
      subject,
      details,
    })
  }
}

function tellOfYes(yes: Authorization, removals: readonly Removal[], { chronicle }: World): void {
  const { id, installation, person, scopes, createdAt, widened, ended } = yes
  const { app, root } = installation
  const about = { where: root, app, subject: app }
  const first = scopes.filter((scope) => scope !== widened?.by)
  const granted = { authorizationId: id, scopes: first, added: first }
  chronicle.tell({ at: createdAt, name: 'authorization.granted', by: person, ...about, details: granted })
  if (widened) {
    const details = { authorizationId: id, scopes, added: [widened.by] }
    chronicle.tell({ at: widened.at, name: 'authorization.widened', by: person, ...about, details })
  }
  if (ended) {
    const details = {
      authorizationId: id,
      personId: person.id,
      person: person.fullName,
      people: 1,
      families: 1,
      tokens: 1,
      removalId: removals.find((one) => one.yes === yes)?.id,
    }
    chronicle.tell({ at: ended.at, name: 'authorization.removed', by: ended.by, ...about, details })
  }
}

function tellOfStops(installation: Installation, removals: readonly Removal[], world: World): void {
  const { app, root, cutAt, blockedAt, unblockedAt, frozenAt } = installation
  const by = removerOf(installation, world)
  const about = { by, where: root, app, subject: app }
  const removal = removals.find((one) => !one.yes && one.installation === installation)
  if (removal) {
    const { id: removalId, at, people, families, tokens } = removal
    const details = { people, families, tokens, removalId }
    world.chronicle.tell({ at, name: 'authorizations.removed-for-everyone', ...about, details })
  }
  const blocked = blockedAt ?? (unblockedAt && cutAt)
  if (blocked) world.chronicle.tell({ at: blocked, name: 'installation.blocked', ...about })
  if (unblockedAt) world.chronicle.tell({ at: unblockedAt, name: 'installation.unblocked', ...about })
  if (frozenAt) world.chronicle.tell({ at: frozenAt, name: 'installation.frozen', ...about })
}
