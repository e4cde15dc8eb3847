import { eq } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { SavedDetails } from '../audit/refuse-overtaken-save.ts'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { type Organization, openOrganization } from './open-organization.ts'
import { refuseStaleOrganization } from './refuse-stale-organization.ts'
import { type UpdateOrganizationInput, updateOrganizationSchema } from './schema.ts'

/**
 * Saves the settings of an organization that were edited together: all of it or nothing; fields left out stay. The name
 * of a business group is changed here too. Who may create apps, how long secrets live and whether scripts may use
 * passwords are rules of the root organization, for its administrators; apps and secrets that exist go on. Refuses a
 * save over somebody's newer one (saying what changed and by whom), and a name a sibling has.
 */
export async function updateOrganization(
  actor: Actor,
  input: UpdateOrganizationInput,
): Promise<{ version: number }> {
  const { organizationId, version, ...wanted } = parse(updateOrganizationSchema, input)
  return transaction(async (tx) => {
    const organization = await openOrganization(tx, actor, organizationId, 'organizations.update')
    await refuseStaleOrganization(tx, actor, organization, version)
    const changed = differences(organization, wanted)
    if (Object.keys(changed).length === 0) return { version: organization.version }
    await refuseRules(tx, actor, organization, changed)
    const next = organization.version + 1
    const values = Object.fromEntries(Object.entries(changed).map(([field, { after }]) => [field, after]))
    await tx
      .update(organizations)
      .set({ ...values, version: next })
      .where(eq(organizations.id, organizationId))
    await record(tx, actor, {
      name: 'organization.updated',
      rootOrganizationId: organization.rootOrganizationId,
      organizationId,
      subject: { id: organizationId, name: organization.name },
      details: { version: next, changed } satisfies SavedDetails,
    })
    return { version: next }
  })
}

const RULES = ['appCreation', 'secretDaysMax', 'allowsPasswordTokens'] as const

type Wanted = Omit<ReturnType<typeof updateOrganizationSchema.parse>, 'organizationId' | 'version'>

function differences(organization: Organization, wanted: Wanted): SavedDetails['changed'] {
  return Object.fromEntries(
    Object.entries(wanted)
      .map(
        ([field, after]) =>
          [
            field,
            { before: organization[field as keyof Wanted] as unknown, after: after as unknown },
          ] as const,
      )
      .filter(([, { before, after }]) => after !== undefined && before !== after),
  )
}

/** Asked before it is said that a business group has no such rules: whoever may not change them learns that first. */
async function refuseRules(
  tx: Transaction,
  actor: Actor,
  { id, rootOrganizationId }: Organization,
  changed: SavedDetails['changed'],
): Promise<void> {
  const rule = RULES.find((field) => field in changed)
  if (!rule) return
  await check(tx, actor, 'organizations.change-rules', { organizationId: id, rootOrganizationId })
  if (id === rootOrganizationId) return
  const sentence = 'This is decided for the whole root organization, in its own settings.'
  throw new Refusal('invalid', sentence, { [rule]: sentence })
}
