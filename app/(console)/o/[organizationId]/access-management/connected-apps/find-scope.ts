import type { Found } from '#components/ui/find-chip'
import { readApi } from '../../../../read-api.ts'

type Scope = { name: string; title: string }

const SHOWN_MAX = 20

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
