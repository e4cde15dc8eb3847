import { tokenSql } from '#db/client'

/** The scopes of the API with this audience (RFC 8707), or undefined if there is no such API. */
export async function findApiScopes(audience: string): Promise<readonly string[] | undefined> {
  const [api] = await tokenSql()<{ scopes: string[] }[]>`
    select array(select s.name from scopes s where s.api_id = a.id order by s.name) as scopes
    from apis a where a.audience = ${audience}`
  return api?.scopes
}
