import { tokenSql } from '#db/client'

/** Every scope that has not ended, and whether every deployment has it: those of an organization's own API are nobody else's business. */
export async function listScopeNames(): Promise<{ name: string; isBuiltIn: boolean }[]> {
  const rows = await tokenSql()<{ name: string; is_built_in: boolean }[]>`
    select s.name, a.root_organization_id is null as is_built_in from scopes s join apis a on a.id = s.api_id
    where s.ended_at is null`
  return rows.map((row) => ({ name: row.name, isBuiltIn: row.is_built_in }))
}
