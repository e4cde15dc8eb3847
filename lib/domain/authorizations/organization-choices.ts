import { tokenSql } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'

/** A root organization in which a person may authorize an app. */
export type PossibleOrganization = {
  rootOrganizationId: Id<'organization'>
  name: string
  /** Whether the person chose it for this app the last time. */
  isLastChoice: boolean
}

/** The active root organizations a person has a place in, by name. */
export async function listPossibleOrganizations(
  userId: Id<'user'>,
  appId: Id<'app'>,
): Promise<PossibleOrganization[]> {
  const rows = await tokenSql()<{ id: string; name: string; is_last_choice: boolean }[]>`
    select o.id, o.name, x.user_id is not null as is_last_choice
    from memberships m
    join organizations o on o.id = m.organization_id and o.parent_id is null
      and o.suspended_at is null and o.ended_at is null
    left join organization_choices x on x.user_id = m.user_id and x.app_id = ${uuidOf(appId)} and x.root_organization_id = o.id
    where m.user_id = ${uuidOf(userId)} and m.ended_at is null
    order by lower(o.name), o.id`
  return rows.map((row) => ({
    rootOrganizationId: idOf('organization', row.id),
    name: row.name,
    isLastChoice: row.is_last_choice,
  }))
}

/** Remembers in which root organization a person last used an app: the next time nobody asks, and `prompt=none` works. */
export async function rememberOrganization(
  userId: Id<'user'>,
  appId: Id<'app'>,
  rootOrganizationId: Id<'organization'>,
): Promise<void> {
  await tokenSql()`
    insert into organization_choices (user_id, app_id, root_organization_id)
    values (${uuidOf(userId)}, ${uuidOf(appId)}, ${uuidOf(rootOrganizationId)})
    on conflict (user_id, app_id) do update set root_organization_id = excluded.root_organization_id, chosen_at = now()`
}
