import type { Actor } from './actor.ts'
import { PERMISSIONS, type Permission } from './catalogue.ts'
import { may, type Place } from './may.ts'
import type { Standing } from './standing.ts'

export type Abilities = readonly Permission[]

/** What a screen may draw for the actor here: every permission they hold, asked of the same table as the acts themselves. Pure. */
export function abilitiesAt(actor: Actor, place: Place, standing: Standing): Abilities {
  const names = Object.keys(PERMISSIONS) as Permission[]
  return names.filter((permission) => may(actor, permission, place, standing))
}
