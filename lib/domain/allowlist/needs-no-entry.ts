import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/**
 * Whether the policy of a root organization lets people authorize an app without an entry at this moment: under Unrestricted any,
 * under Restricted an internal one while these pass by themselves.
 */
export function needsNoEntry(appRoot: SQLWrapper, root: SQLWrapper): SQL<boolean> {
  return sql<boolean>`not exists (select from allowlists p where p.root_organization_id = ${root} and not (
    p.mode = 'unrestricted' or (p.mode = 'restricted' and p.internal_auto_approval and ${appRoot} = ${root})))`
}
