import type { App } from './apps.ts'
import type { Chance } from './chance.ts'
import type { Chronicle } from './chronicle.ts'
import type { Clock } from './moments.ts'
import type { Organization } from './organizations.ts'
import type { Person } from './people.ts'

/** Things by the key the tables call them. */
export type Named<T> = Map<string, T>

/** Who and what there is: everything that happens in the demo happens to these. */
export type World = {
  clock: Clock
  chance: Chance
  chronicle: Chronicle
  organizations: Named<Organization>
  people: Named<Person>
  apps: Named<App>
}

/** The thing of that key; a key that names nothing is a slip in a table. */
export function named<T>(things: Named<T>, key: string): T {
  const thing = things.get(key)
  if (thing === undefined) throw new Error(`The demo knows nothing called "${key}".`)
  return thing
}
