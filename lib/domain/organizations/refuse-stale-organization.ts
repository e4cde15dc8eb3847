import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { refuseOvertakenSave } from '../audit/refuse-overtaken-save.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Organization } from './open-organization.ts'

const FIELDS = {
  name: 'the name',
  website: 'the website',
  appCreation: 'who may create apps',
  secretDaysMax: 'the longest life of a secret',
  allowsPasswordTokens: 'whether scripts may use passwords',
  parentId: 'where it stands',
}

/** Refuses a save of an organization that began from an older version than the present one, saying what changed since and by whom. */
export async function refuseStaleOrganization(
  tx: Transaction,
  actor: Actor,
  { id, name, version: present }: Organization,
  version: number,
): Promise<void> {
  const eventsOf = sql`${and(
    eq(events.organizationId, id),
    eq(events.subjectId, id),
    inArray(events.name, ['organization.updated', 'business-group.moved']),
  )}`
  await refuseOvertakenSave(tx, actor, { version, present, eventsOf, thing: name, fields: FIELDS })
}
