import type { OrganizationSeen } from '#lib/domain/organizations/list-organizations-of'

export type ResidenceChoice = { value: string; label: string; hint?: string }
type Resident = { rootOrganizationId: string; residence: { id: string } }

/**
 * Where an app may go, as far as the tree alone tells: elsewhere in its tree, where the person administers. Each with the
 * way down to it, because names repeat. Its owner's right and its places are judged when the effect is counted.
 */
export function residencesFor(app: Resident, seen: readonly OrganizationSeen[]): ResidenceChoice[] {
  const known = new Map(seen.map((organization) => [organization.id, organization]))
  const wayTo = ({ parentId }: OrganizationSeen): string[] => {
    const above = parentId ? known.get(parentId) : undefined
    return above ? [...wayTo(above), above.name] : []
  }
  return seen
    .filter((one) => one.rootOrganizationId === app.rootOrganizationId && one.id !== app.residence.id)
    .filter(({ role }) => role === 'administrator')
    .map((one) => ({ value: one.id, label: one.name, hint: wayTo(one).join(' › ') || undefined }))
}
