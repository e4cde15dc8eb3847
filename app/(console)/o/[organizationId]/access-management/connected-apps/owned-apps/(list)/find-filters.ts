import type { Found } from '#components/ui/find-chip'
import { readApi } from '../../../../../../read-api.ts'

type Owner = { id: string; fullName: string; username: string }

/** Finds who owns apps here, by name or username. */
export function findOwner(organizationId: string) {
  return async (typed: string): Promise<Found[]> => {
    const search = new URLSearchParams({ search: typed })
    const { data } = await readApi<{ data: Owner[] }>(`/organizations/${organizationId}/app-owners?${search}`)
    return data.map(({ id, fullName, username }) => ({ value: id, label: fullName, hint: username }))
  }
}

/** A host is any text: what is typed is what can be chosen. */
export async function findHost(typed: string): Promise<Found[]> {
  return typed ? [{ value: typed, label: `Hosts that contain “${typed}”` }] : []
}
