import type { Found } from '#components/ui/find-chip'
import { readApi } from '../../../../read-api.ts'

type Person = { id: string; name: string; username: string }
type App = { id: string; name: string; publisher: string; isDeleted: boolean }

/** Finds whose acts may stand in the log, by name or username. */
export function findPerson(organizationId: string) {
  return async (typed: string): Promise<Found[]> => {
    const people = await ask<Person>(`/organizations/${organizationId}/event-people`, typed)
    return people.map(({ id, name, username }) => ({ value: id, label: name, hint: username }))
  }
}

/** Finds an app that something happened to or was done through, by name. */
export function findApp(organizationId: string) {
  return async (typed: string): Promise<Found[]> => {
    const apps = await ask<App>(`/organizations/${organizationId}/event-apps`, typed)
    return apps.map(({ id, name, publisher, isDeleted }) => ({
      value: id,
      label: name,
      hint: isDeleted ? 'Deleted' : publisher,
    }))
  }
}

async function ask<Row>(list: string, typed: string): Promise<Row[]> {
  const { data } = await readApi<{ data: Row[] }>(`${list}?${new URLSearchParams({ search: typed })}`)
  return data
}
