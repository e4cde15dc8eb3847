import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

type Of = { scopes: SQLWrapper; appRoot: SQLWrapper; root: SQLWrapper }

/** What of an app's scopes is good in a root organization: without what `find-void-scopes.ts` finds void there. */
export function goodScopes({ scopes, appRoot, root }: Of): SQL<string[]> {
  return sql`array(select unnest(${scopes}) except
    select s.name from scopes s join apis a on a.id = s.api_id
    where s.name = any(${scopes}) and (s.ended_at is not null
      or a.root_organization_id <> ${root}
      or (a.root_organization_id <> ${appRoot} and a.open_to <> 'everyone')))`
}
