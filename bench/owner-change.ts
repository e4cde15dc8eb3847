import { tokenSql } from '#db/client'
import { type Id, uuidOf } from '#lib/base/ids'
import { removeMember } from '#lib/domain/offboarding/remove-member'
import { as } from '#test/actors'
import { type MadeOrganization, makeMember, makeOrganization } from '#test/factories'
import { median, say, spread } from './say.ts'
import { settle } from './seed-product.ts'
import { openWorkbench } from './workbench.ts'

const APPS = 10_000
const ROUNDS = 5

/**
 * Removing somebody who owns 10,000 apps, within one request: every app moves to the owner of the root organization with an event
 * of its own. Beside it a bare UPDATE of as many rows.
 */
export async function measure(): Promise<void> {
  const workbench = await openWorkbench()
  try {
    const organization = await makeOrganization({ name: 'Bench' })
    const moved: number[] = []
    const bare: number[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const leaving = await makeMember(organization, 'developer')
      await ownAll(organization, leaving.id)
      await settle()
      const began = performance.now()
      const { movedApps } = await removeMember(as(organization.owner), {
        userId: leaving.id,
        organizationId: organization.id,
      })
      const ended = performance.now()
      if (movedApps !== APPS) throw new Error(`${movedApps} apps moved, not ${APPS}.`)
      await settle()
      const updated = await timeUpdate(organization, leaving.id)
      // The first round warms up.
      if (round === 0) continue
      moved.push(ended - began)
      bare.push(updated)
    }
    const perApp = (milliseconds: number) => `${((milliseconds * 1000) / APPS).toFixed(0)} µs an app`
    say(`${APPS} apps change owner when a person is removed`)
    say(`  time   ×${(median(moved) / median(bare)).toFixed(2)} of the bare UPDATE`)
    say(
      `  with events and rights: ${median(moved).toFixed(0)} ms (${spread(moved, 0)}), ${perApp(median(moved))}`,
    )
    say(`  bare UPDATE: ${median(bare).toFixed(0)} ms (${spread(bare, 0)}), ${perApp(median(bare))}`)
  } finally {
    await workbench.clear()
  }
}

/** Makes the apps the first time, and hands them to this person each time. */
async function ownAll(organization: MadeOrganization, ownerId: Id<'user'>): Promise<void> {
  const sql = tokenSql()
  const id = uuidOf(organization.id)
  await sql`
    insert into connected_apps (id, client_id, organization_id, root_organization_id, name, acts_as, client_type, grant_types,
      redirect_uris, scopes, created_by, owner_id)
    select uuidv7(), md5('app ' || n), ${id}::uuid, ${id}::uuid, 'App ' || n, 'user', 'server', '{authorization_code}',
      '{https://app.example.com/callback}', '{openid}', ${uuidOf(ownerId)}::uuid, ${uuidOf(ownerId)}::uuid
    from generate_series(1, ${APPS}::int) n
    where not exists (select from connected_apps where root_organization_id = ${id}::uuid)`
  await sql`update connected_apps set owner_id = ${uuidOf(ownerId)}::uuid where root_organization_id = ${id}::uuid`
}

/** What a person at a prompt would send, and nobody would learn of it. */
async function timeUpdate(organization: MadeOrganization, newOwnerId: Id<'user'>): Promise<number> {
  const began = performance.now()
  await tokenSql()`
    update connected_apps set owner_id = ${uuidOf(newOwnerId)}::uuid, version = version + 1, updated_at = now()
    where owner_id = ${uuidOf(organization.owner.id)}::uuid and ended_at is null`
  return performance.now() - began
}
