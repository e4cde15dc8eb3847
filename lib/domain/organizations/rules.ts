/** Who may create apps in a root organization's tree. */
export type AppCreation = 'nobody' | 'administrators' | 'developers'

/** Whether the rule lets somebody create apps who has the right to where they do; an app does as administrators do. */
export function mayCreateUnder(rule: AppCreation, isAdministrator: boolean): boolean {
  return rule === 'developers' || (rule === 'administrators' && isAdministrator)
}

/** Whether somebody may create apps here: by their role, and by the rule. */
export function mayCreateApps(organization: {
  abilities: readonly string[]
  appCreation: { isOpen: boolean }
}): boolean {
  return organization.abilities.includes('connected-apps.create') && organization.appCreation.isOpen
}

/** Why a business group may not go below another organization of its tree. Depths count a root organization as the first level. */
export type MoveFact = {
  isBelowItself: boolean
  /** How many levels there are down to the new parent, with it. */
  parentLevel: number
  /** How many levels the business group has, with itself. */
  height: number
  levelsMax: number
  hasNamesake: boolean
}

export function judgeMove(fact: MoveFact): 'cycle' | 'too-deep' | 'name-taken' | null {
  if (fact.isBelowItself) return 'cycle'
  if (fact.parentLevel + fact.height > fact.levelsMax) return 'too-deep'
  return fact.hasNamesake ? 'name-taken' : null
}
