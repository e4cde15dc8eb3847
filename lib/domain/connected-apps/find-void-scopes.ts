import { tokenSql } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'

/** Where a token counts, and where its app is at home. */
export type TokenPlace = { rootOrganizationId: Id<'organization'>; appRootOrganizationId: Id<'organization'> }

/**
 * Which of these scopes are void there: ended, or of an API that is another root organization's, or not open to an app
 * that comes from elsewhere. `find-live-tokens.ts` leaves the same ones out of tokens that are out already.
 */
export async function findVoidScopes(
  names: readonly string[],
  place: TokenPlace,
): Promise<ReadonlySet<string>> {
  const [root, home] = [uuidOf(place.rootOrganizationId), uuidOf(place.appRootOrganizationId)]
  const rows = await tokenSql()<{ name: string }[]>`
    select s.name from scopes s join apis a on a.id = s.api_id
    where s.name = any(${names as string[]}::text[]) and (s.ended_at is not null
      or a.root_organization_id <> ${root}::uuid
      or (a.root_organization_id <> ${home}::uuid and a.open_to <> 'everyone'))`
  return new Set(rows.map((row) => row.name))
}
