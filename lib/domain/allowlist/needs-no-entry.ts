import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/** Whether people may authorize an app without an entry at this moment, under the policy of their root organization. */
export function needsNoEntry(appRoot: SQLWrapper, root: SQLWrapper): SQL<boolean> {
  const policy = { mode: sql`p.mode`, internalAutoApproval: sql`p.internal_auto_approval` }
  return sql<boolean>`not exists (select from allowlists p where p.root_organization_id = ${root}
    and not ${needsNoEntryUnder(policy, appRoot, root)})`
}

/** The same under a policy that may not be in force: under Unrestricted any app, under Restricted an internal one while these pass by themselves. */
export function needsNoEntryUnder(
  { mode, internalAutoApproval }: { mode: SQLWrapper; internalAutoApproval: SQLWrapper },
  appRoot: SQLWrapper,
  root: SQLWrapper,
): SQL<boolean> {
  return sql<boolean>`(${mode} = 'unrestricted' or (${mode} = 'restricted' and ${internalAutoApproval} and ${appRoot} = ${root}))`
}
