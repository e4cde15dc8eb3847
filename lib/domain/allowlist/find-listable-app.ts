import { and, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { type Id, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { goodScopes } from '../connected-apps/good-scopes.ts'

export type ListableApp = {
  id: Id<'app'>
  name: string
  clientId: string
  publisher: string
  redirectUris: string[]
  scopes: string[]
  /** Those of them that are good here. */
  goodScopes: string[]
  grantTypes: string[]
  rootOrganizationId: Id<'organization'>
  version: number
  disabledAt: Date | null
}

/** Whether people of this root organization could be asked by an app: it acts for people, and is open to them. */
export function isOpenTo(rootOrganizationId: SQLWrapper): SQL<boolean> {
  return sql<boolean>`(${connectedApps.actsAs} = 'user'
    and (${connectedApps.audience} = 'everyone' or ${connectedApps.rootOrganizationId} = ${rootOrganizationId}))`
}

/**
 * An app that people of this root organization could be asked by. Any other is refused like one that does not exist.
 * `field` is what the sentence stands under.
 */
export async function findListableApp(
  tx: Database | Transaction,
  rootOrganizationId: Id<'organization'>,
  which: { appId: Id<'app'> } | { clientId: string },
  field: string,
): Promise<ListableApp> {
  const named: SQL =
    'appId' in which ? eq(connectedApps.id, which.appId) : eq(connectedApps.clientId, which.clientId)
  const [app] = await tx
    .select({
      id: connectedApps.id,
      name: connectedApps.name,
      clientId: connectedApps.clientId,
      publisher: organizations.name,
      redirectUris: connectedApps.redirectUris,
      scopes: connectedApps.scopes,
      goodScopes: goodScopes({
        scopes: connectedApps.scopes,
        appRoot: connectedApps.rootOrganizationId,
        root: sql`${uuidOf(rootOrganizationId)}::uuid`,
      }),
      grantTypes: connectedApps.grantTypes,
      rootOrganizationId: connectedApps.rootOrganizationId,
      version: connectedApps.version,
      disabledAt: connectedApps.disabledAt,
    })
    .from(connectedApps)
    .innerJoin(organizations, eq(organizations.id, connectedApps.rootOrganizationId))
    .where(and(named, isNull(connectedApps.endedAt), isOpenTo(sql`${uuidOf(rootOrganizationId)}::uuid`)))
  if (app) return app
  const sentence =
    'No app that people of your organization could authorize has this ID. It may be mistyped, or open only to its publisher’s own people.'
  throw new Refusal('not-found', sentence, { [field]: sentence })
}
