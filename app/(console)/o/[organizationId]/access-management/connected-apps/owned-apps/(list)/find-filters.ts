import type { Found } from '#components/ui/find-chip'
import { readApi } from '../../../../../../read-api.ts'

type Owner = { id: string; fullName: string; username: string }
type Scope = { name: string; title: string }

const SHOWN_MAX = 20

/** Finds who owns apps here, by name or username. */
export function findOwner(organizationId: string) {
  return async (typed: string): Promise<Found[]> => {
    const search = new URLSearchParams({ search: typed })
    const { data } = await readApi<{ data: Owner[] }>(`/organizations/${organizationId}/app-owners?${search}`)
    return data.map(({ id, fullName, username }) => ({ value: id, label: fullName, hint: username }))
  }
}

/** Finds a scope of the catalogue, by its words or its name; the catalogue is fetched once. */
export function findScope(organizationId: string) {
  let catalogue: Promise<Scope[]> | undefined
  return async (typed: string): Promise<Found[]> => {
    catalogue ??= readApi<{ data: Scope[] }>(`/organizations/${organizationId}/scopes`).then(
      ({ data }) => data,
    )
    const wanted = typed.toLowerCase()
    // A failed fetch may be tried again.
    const scopes = await catalogue.catch((away: unknown) => {
      catalogue = undefined
      throw away
    })
    return scopes
      .filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(wanted))
      .slice(0, SHOWN_MAX)
      .map(({ name, title }) => ({ value: name, label: name, hint: title }))
  }
}

/** A host is any text: what is typed is what can be chosen. */
export async function findHost(typed: string): Promise<Found[]> {
  return typed ? [{ value: typed, label: `Hosts that contain “${typed}”` }] : []
}
