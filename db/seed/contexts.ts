import type { Transaction } from '#db/client'
import { appContexts } from '#db/schema/connected-apps'
import type { Id } from '#lib/base/ids'
import { readTable, wordsOf } from './read-table.ts'
import { type Named, named, type World } from './world.ts'

/** Where apps acting for themselves may use the scopes that ask for it; `at` names organizations, or an environment of one. */
const CONTEXTS = readTable(
  ['app', 'scope', 'at'],
  `
  stock-mirror             | stock:write      | logistics warehousing
  payment-run              | payments:approve | finance/production finance/sandbox
  security-event-collector | audit:read       | northwind
  kestrel-build-bot        | telemetry:write  | platform
  kestrel-ingest           | telemetry:write  | platform
`,
)

export async function insertContexts(
  tx: Transaction,
  { apps, organizations }: World,
  environments: Named<Id<'environment'>>,
): Promise<void> {
  await tx.insert(appContexts).values(
    CONTEXTS.flatMap(({ app, scope, at }) =>
      wordsOf(at).map((place) => ({
        appId: named(apps, app).id,
        scope,
        organizationId: named(organizations, place.split('/')[0] ?? place).id,
        environmentId: place.includes('/') ? named(environments, place) : null,
      })),
    ),
  )
}
