import { spawn } from 'node:child_process'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { doAlone } from '#db/client'
import { events } from '#db/schema/audit'
import {
  appContexts,
  appSecrets,
  bulkRotationApps,
  bulkRotations,
  connectedApps,
} from '#db/schema/connected-apps'
import { memberships, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, newId, uuidOf } from '#lib/base/ids'
import { keyFor } from '#lib/base/secret-key'
import { hashSecret } from '#lib/base/secrets'
import type { Actor } from '#lib/domain/permissions/actor'
import { as, asApp, asThrough, SYSTEM } from '#test/actors'
import { makeAuthorization } from '#test/authorizations'
import { database, transaction } from '#test/database'
import {
  type MadeApp,
  type MadeOrganization,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
  makeSecret,
} from '#test/factories'
import { blockApp } from '../installations/block-app.ts'
import { changeRole } from '../offboarding/change-role.ts'
import { removeMember } from '../offboarding/remove-member.ts'
import { findMarkCauses } from './find-mark-causes.ts'
import { forgetSecrets } from './forget-secrets.ts'
import { getBulkRotation } from './get-bulk-rotation.ts'
import { handOverSecrets } from './hand-over-secrets.ts'
import { listBulkRotations } from './list-bulk-rotations.ts'
import { previewBulkRotation } from './preview-bulk-rotation.ts'
import { resumeBulkRotations } from './resume-bulk-rotations.ts'
import { rotateMany } from './rotate-many.ts'
import { startBulkRotation } from './start-bulk-rotation.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'

const due = { rotationDueSince: new Date() }

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

async function makeApps(
  organization: MadeOrganization,
  count: number,
  given: Partial<Parameters<typeof makeApp>[0]> = {},
): Promise<MadeApp[]> {
  const apps: MadeApp[] = []
  for (let at = 0; at < count; at += 1) apps.push(await makeApp({ organization, ...due, ...given }))
  return apps.sort((a, b) => (a.id < b.id ? -1 : 1))
}
const secretsOf = (apps: readonly MadeApp[]) =>
  database()
    .select()
    .from(appSecrets)
    .where(
      inArray(
        appSecrets.appId,
        apps.map(({ id }) => id),
      ),
    )
/** How many secrets each app has. */
async function countsOf(apps: readonly MadeApp[]): Promise<number[]> {
  const secrets = await secretsOf(apps)
  return apps.map(({ id }) => secrets.filter(({ appId }) => appId === id).length)
}
const doneOf = async (id: Id<'bulkRotation'>) =>
  (await database().select().from(bulkRotationApps).where(eq(bulkRotationApps.bulkRotationId, id))).filter(
    ({ doneAt }) => doneAt,
  ).length

/** The next run after a process died: the database notices a moment later that it is gone. */
async function goOn(bulkRotationId: Id<'bulkRotation'>): Promise<void> {
  await vi.waitFor(async () =>
    expect(await doAlone(`rotate-many ${bulkRotationId}`, async () => {})).toBe(true),
  )
  await rotateMany({ bulkRotationId })
}

async function rotateAll(actor: Actor, input: Parameters<typeof startBulkRotation>[1]) {
  const { bulkRotationId } = await startBulkRotation(actor, input)
  await rotateMany({ bulkRotationId })
  return bulkRotationId
}

describe('a bulk rotation', () => {
  it('gives each marked app one new secret, clears its mark, and tells of each as of a single rotation [P18] [P19] [AM-7]', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 3)
    const other = await makeApp({ organization: root })
    const input = { organizationId: root.id, which: 'due', overlapHours: 1 } as const
    expect(await previewBulkRotation(as(root.owner), input)).toMatchObject({
      counts: { ready: 3 },
      skipped: [],
    })
    const bulkRotationId = await rotateAll(as(root.owner), input)
    expect(await countsOf([...apps, other])).toEqual([2, 2, 2, 1])
    const ends = (await secretsOf(apps)).filter(({ expiresAt }) => expiresAt)
    expect(ends).toHaveLength(3)
    for (const { expiresAt } of ends)
      expect((expiresAt?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000)
    const marked = await database()
      .select()
      .from(connectedApps)
      .where(sql`${connectedApps.rootOrganizationId} = ${sql.param(root.id, connectedApps.rootOrganizationId)}
        and ${connectedApps.rotationDueSince} is not null`)
    expect(marked).toEqual([])
    const told = await database().select().from(events).where(eq(events.rootOrganizationId, root.id))
    expect(told.filter(({ name }) => name === 'connected-app.secret-rotated')).toHaveLength(3)
    expect(told.filter(({ name }) => name === 'bulk-rotation.started')).toMatchObject([
      { details: { secrets: 3, overlapHours: 1 }, actorName: root.owner.fullName },
    ])
    expect(await getBulkRotation(as(root.owner), bulkRotationId)).toMatchObject({
      counts: { all: 3, done: 3, refused: 0 },
      finishedAt: expect.any(Date),
      refusals: [],
    })
  })

  it('hands the new values over once, to whoever began it, and then they are nowhere [P19]', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 2)
    const colleague = await makeMember(root, 'administrator')
    const id = await rotateAll(as(root.owner), { organizationId: root.id, which: 'due' })
    expect(await listBulkRotations(as(root.owner), root.id)).toMatchObject([{ id }])
    await expect(handOverSecrets(as(colleague), { bulkRotationId: id })).rejects.toMatchObject({
      code: 'not-found',
    })
    const { secrets } = await handOverSecrets(as(root.owner), { bulkRotationId: id })
    expect(secrets.map(({ clientId }) => clientId).sort()).toEqual(apps.map((app) => app.clientId).sort())
    const hashes = (await secretsOf(apps)).map(({ hash }) => hash.toString('hex'))
    for (const { secret } of secrets)
      expect(hashes).toContain(hashSecret(secret, keyFor('secret-hashing')).toString('hex'))
    const left = await database()
      .select()
      .from(bulkRotationApps)
      .where(eq(bulkRotationApps.bulkRotationId, id))
    expect(left.map(({ sealedSecret }) => sealedSecret)).toEqual([null, null])
    await expect(handOverSecrets(as(root.owner), { bulkRotationId: id })).rejects.toMatchObject({
      code: 'expired',
    })
    expect(await listBulkRotations(as(root.owner), root.id)).toEqual([])
    const told = await database().select().from(events).where(eq(events.rootOrganizationId, root.id))
    expect(told.map(({ name }) => name)).toContain('bulk-rotation.handed-over')
    for (const { secret } of secrets) expect(JSON.stringify(told)).not.toContain(secret)
  })

  it('hands over to one of two who come at once', async () => {
    const root = await makeOrganization()
    await makeApps(root, 1)
    const id = await rotateAll(as(root.owner), { organizationId: root.id, which: 'due' })
    const tries = await Promise.allSettled(
      [1, 2].map(() => handOverSecrets(as(root.owner), { bulkRotationId: id })),
    )
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('hands over nothing before it is finished', async () => {
    const root = await makeOrganization()
    await makeApps(root, 1)
    const { bulkRotationId } = await startBulkRotation(as(root.owner), {
      organizationId: root.id,
      which: 'due',
    })
    await expect(handOverSecrets(as(root.owner), { bulkRotationId })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('leaves out public apps, those with five live secrets and those one may not rotate, and says why [P19]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const administrator = await makeMember(group, 'administrator')
    const [ready] = await makeApps(group, 1)
    await makeApps(group, 1, { clientType: 'native' })
    const [full] = await makeApps(group, 1)
    for (let at = 0; at < 4; at += 1) await makeSecret(full?.id ?? newId('app'))
    const [strong] = await makeApps(group, 1, { actsAs: 'itself', scopes: ['allowlist:write', 'profile'] })
    await database()
      .insert(appContexts)
      .values({ appId: strong?.id ?? newId('app'), scope: 'allowlist:write', organizationId: group.id })
    await makeApps(root, 1)
    const look = (overlapHours: 0 | 24) =>
      previewBulkRotation(as(administrator), { organizationId: group.id, which: 'all', overlapHours })
    const preview = await look(24)
    expect(preview.counts).toEqual({ ready: 1, 'public-client': 1, 'not-held': 1, full: 1, underway: 0 })
    expect(preview.ready.map(({ id }) => id)).toEqual([ready?.id])
    expect((await look(0)).counts).toMatchObject({ ready: 2, full: 0 })
    const id = await rotateAll(as(administrator), { organizationId: group.id, which: 'all' })
    expect((await getBulkRotation(as(administrator), id)).counts).toEqual({ all: 1, done: 1, refused: 0 })
  })

  it('of a developer reaches the apps they own, and no others', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const own = await makeApps(root, 2, { ownerId: developer.id })
    const foreign = await makeApps(root, 1)
    await rotateAll(as(developer), { organizationId: root.id, which: 'all' })
    expect(await countsOf([...own, ...foreign])).toEqual([2, 2, 1])
    const chosen = foreign.map(({ id }) => id)
    await expect(
      startBulkRotation(as(developer), { organizationId: root.id, which: 'chosen', appIds: chosen }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  it('takes chosen apps alone', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 3)
    const [first] = apps
    const appIds = [first?.id ?? newId('app')]
    await rotateAll(as(root.owner), { organizationId: root.id, which: 'chosen', appIds })
    expect(await countsOf(apps)).toEqual([2, 1, 1])
  })

  it('takes all that match a search and filters, and no others, however many that are', async () => {
    const root = await makeOrganization()
    const [loud, also, quiet] = await makeApps(root, 3)
    if (!(loud && also && quiet)) return expect.unreachable()
    const word = newId('app').slice(-8)
    for (const app of [loud, also])
      await database()
        .update(connectedApps)
        .set({ name: `${word} ${app.name}` })
        .where(eq(connectedApps.id, app.id))
    await database()
      .update(connectedApps)
      .set({ disabledAt: new Date() })
      .where(eq(connectedApps.id, also.id))
    const matching = { search: word, filters: { state: 'enabled' as const } }
    const input = { organizationId: root.id, which: 'matching' as const, matching }
    expect((await previewBulkRotation(as(root.owner), input)).ready.map(({ id }) => id)).toEqual([loud.id])
    await rotateAll(as(root.owner), input)
    expect(await countsOf([loud, also, quiet])).toEqual([2, 1, 1])
    // To match nothing in particular is no way of saying “all”.
    await expect(
      startBulkRotation(as(root.owner), { organizationId: root.id, which: 'matching' }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  it('is refused to strangers and members, alike for what is there and what is not, and where nothing is left to do', async () => {
    const root = await makeOrganization()
    const [member, stranger] = [await makeMember(root), await makeOrganization()]
    const input = { organizationId: root.id, which: 'due' } as const
    await expect(startBulkRotation(as(member), input)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(startBulkRotation(as(stranger.owner), input)).rejects.toMatchObject({ code: 'not-found' })
    await expect(previewBulkRotation(as(stranger.owner), input)).rejects.toMatchObject({ code: 'not-found' })
    await expect(startBulkRotation(as(root.owner), input)).rejects.toMatchObject({ code: 'conflict' })
    await makeApps(root, 1)
    await expect(startBulkRotation(SYSTEM, input)).rejects.toMatchObject({ code: 'forbidden' })
    for (const id of [newId('bulkRotation'), await rotateAll(as(root.owner), input)]) {
      await expect(getBulkRotation(as(stranger.owner), id)).rejects.toMatchObject({ code: 'not-found' })
      await expect(handOverSecrets(as(stranger.owner), { bulkRotationId: id })).rejects.toMatchObject({
        code: 'not-found',
      })
    }
  })
})

describe('while a bulk rotation runs', () => {
  it('a right that went meanwhile refuses the app, in words', async () => {
    const root = await makeOrganization()
    const administrator = await makeMember(root, 'administrator')
    const apps = await makeApps(root, 2)
    const { bulkRotationId } = await startBulkRotation(as(administrator), {
      organizationId: root.id,
      which: 'due',
    })
    await database()
      .update(memberships)
      .set({ endedAt: new Date() })
      .where(eq(memberships.userId, administrator.id))
    await rotateMany({ bulkRotationId })
    expect(await countsOf(apps)).toEqual([1, 1])
    const rows = await database()
      .select()
      .from(bulkRotationApps)
      .where(eq(bulkRotationApps.bulkRotationId, bulkRotationId))
    for (const row of rows)
      expect(row).toMatchObject({ refusal: expect.stringMatching(/\.$/), sealedSecret: null })
  })

  it('an app deleted or filled up meanwhile is refused, and the others go on', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 3)
    const [deleted, filled] = apps
    const { bulkRotationId } = await startBulkRotation(as(root.owner), {
      organizationId: root.id,
      which: 'due',
    })
    await database()
      .update(connectedApps)
      .set({ endedAt: new Date() })
      .where(eq(connectedApps.id, deleted?.id ?? newId('app')))
    for (let at = 0; at < 4; at += 1) await makeSecret(filled?.id ?? newId('app'))
    await rotateMany({ bulkRotationId })
    const progress = await getBulkRotation(as(root.owner), bulkRotationId)
    expect(progress.counts).toEqual({ all: 3, done: 3, refused: 2 })
    expect(progress.refusals.map(({ appId }) => appId).sort()).toEqual([deleted?.id, filled?.id].sort())
  })

  it('another one begun at the same moment gets none of its apps, and neither rotates one twice', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 6)
    const begun = await Promise.allSettled(
      [1, 2, 3].map(() => startBulkRotation(as(root.owner), { organizationId: root.id, which: 'due' })),
    )
    const started = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(started.map((one) => one.apps)).toEqual([6])
    for (const one of begun)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' })
    const [only] = started
    const bulkRotationId = only?.bulkRotationId ?? newId('bulkRotation')
    await Promise.all([1, 2, 3].map(() => rotateMany({ bulkRotationId })))
    expect(await countsOf(apps)).toEqual([2, 2, 2, 2, 2, 2])
    expect((await getBulkRotation(as(root.owner), bulkRotationId)).finishedAt).not.toBeNull()
  })

  it('a process that is killed half way loses nothing: begun again, each app has exactly one new secret [P19]', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 12)
    const { bulkRotationId } = await startBulkRotation(as(root.owner), {
      organizationId: root.id,
      which: 'due',
    })
    const held = apps[5]?.id ?? newId('app')
    let worker: ReturnType<typeof spawn> | undefined
    // Somebody edits the sixth app meanwhile: the process waits for it in the middle of a transaction.
    await transaction(async (tx) => {
      await tx.select().from(connectedApps).where(eq(connectedApps.id, held)).for('update')
      worker = spawn(process.execPath, ['--input-type=module', '-e', RUN, bulkRotationId], {
        stdio: ['pipe', 'inherit', 'inherit'],
      })
      // Its environment is this one's; the key comes by the pipe.
      worker.stdin?.end(inject('secretKey'))
      await vi.waitFor(async () => expect(await doneOf(bulkRotationId)).toBe(5), { timeout: 20_000 })
      worker.kill('SIGKILL')
      await new Promise((gone) => worker?.once('exit', gone))
    })
    expect(worker?.signalCode).toBe('SIGKILL')
    expect(await doneOf(bulkRotationId)).toBeLessThan(12)
    await goOn(bulkRotationId)
    expect(await countsOf(apps)).toEqual(apps.map(() => 2))
    const { secrets } = await handOverSecrets(as(root.owner), { bulkRotationId })
    expect(new Set(secrets.map(({ secret }) => secret)).size).toBe(12)
  }, 40_000)

  it('two jobs never run it at once: the one that comes second leaves it to the first', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 2)
    const { bulkRotationId } = await startBulkRotation(as(root.owner), {
      organizationId: root.id,
      which: 'due',
    })
    let first: Promise<void> | undefined
    await transaction(async (tx) => {
      await tx
        .select()
        .from(connectedApps)
        .where(eq(connectedApps.id, apps[1]?.id ?? newId('app')))
        .for('update')
      first = rotateMany({ bulkRotationId })
      await vi.waitFor(async () => expect(await doneOf(bulkRotationId)).toBe(1))
      // It would wait for the app as well, were it at work.
      await rotateMany({ bulkRotationId })
      expect(await doneOf(bulkRotationId)).toBe(1)
    })
    await first
    expect(await countsOf(apps)).toEqual([2, 2])
  })

  it('is set going again when nobody has done anything for a minute, and only then', async () => {
    const root = await makeOrganization()
    await makeApps(root, 1)
    const { bulkRotationId } = await startBulkRotation(as(root.owner), {
      organizationId: root.id,
      which: 'due',
    })
    const jobs = () =>
      database().execute<{ isHeld: boolean }>(sql`
        select locked_by is not null as "isHeld" from graphile_worker._private_jobs
        where payload->>'bulkRotationId' = ${bulkRotationId} order by id`)
    expect(await jobs()).toEqual([{ isHeld: false }])
    // A process took the job and died.
    await database().execute(sql`
      update graphile_worker._private_jobs set locked_by = 'gone', locked_at = now(), attempts = 1
      where payload->>'bulkRotationId' = ${bulkRotationId}`)
    await resumeBulkRotations()
    expect(await jobs()).toEqual([{ isHeld: true }])
    await database()
      .update(bulkRotations)
      .set({ startedAt: sql`now() - interval '2 minutes'` })
      .where(eq(bulkRotations.id, bulkRotationId))
    await resumeBulkRotations()
    expect(await jobs()).toEqual([{ isHeld: true }, { isHeld: false }])
    // However often: one job waits.
    await resumeBulkRotations()
    expect(await jobs()).toEqual([{ isHeld: true }, { isHeld: false }])
  })
})

describe('an app whose secret cannot be made', () => {
  /** The database itself refuses any new secret of these apps until `work` is over. */
  async function whileBroken(apps: readonly (MadeApp | undefined)[], work: () => Promise<void>) {
    const name = sql.identifier(`broken_${newId('app').slice(4)}`)
    const ids = sql.raw(apps.flatMap((app) => (app ? `'${uuidOf(app.id)}'` : [])).join(', '))
    await database().execute(sql`
      create function ${name}() returns trigger language plpgsql as $$ begin raise exception 'out of order'; end $$`)
    await database().execute(sql`
      create trigger ${name} before insert on app_secrets for each row when (new.app_id in (${ids})) execute function ${name}()`)
    try {
      await work()
    } finally {
      await database().execute(sql`drop trigger ${name} on app_secrets`)
      await database().execute(sql`drop function ${name}()`)
    }
  }
  const rowsOf = (id: Id<'bulkRotation'>) =>
    database()
      .select()
      .from(bulkRotationApps)
      .where(eq(bulkRotationApps.bulkRotationId, id))
      .orderBy(bulkRotationApps.appId)

  it('holds up none behind it, also across a process that dies, and is said to have failed after five times [P19]', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 6)
    const { bulkRotationId } = await startBulkRotation(as(root.owner), {
      organizationId: root.id,
      which: 'due',
    })
    await whileBroken([apps[0], apps[1]], async () => {
      const held = apps[4]?.id ?? newId('app')
      await transaction(async (tx) => {
        await tx.select().from(connectedApps).where(eq(connectedApps.id, held)).for('update')
        const worker = spawn(process.execPath, ['--input-type=module', '-e', RUN, bulkRotationId], {
          stdio: ['pipe', 'ignore', 'inherit'],
        })
        worker.stdin?.end(inject('secretKey'))
        await vi.waitFor(async () => expect(await doneOf(bulkRotationId)).toBe(2), { timeout: 20_000 })
        worker.kill('SIGKILL')
        await new Promise((gone) => worker.once('exit', gone))
      })
      expect((await rowsOf(bulkRotationId)).map(({ failures }) => failures)).toEqual([1, 1, 0, 0, 0, 0])
      // What is behind them is done by the very next run, and the queue hears that it has to come again.
      await expect(goOn(bulkRotationId)).rejects.toThrow()
      expect(await countsOf(apps)).toEqual([1, 1, 2, 2, 2, 2])
      for (const failures of [3, 4]) {
        await expect(rotateMany({ bulkRotationId })).rejects.toThrow()
        expect((await rowsOf(bulkRotationId))[0]).toMatchObject({ failures, doneAt: null })
      }
      await rotateMany({ bulkRotationId })
    })
    const progress = await getBulkRotation(as(root.owner), bulkRotationId)
    expect(progress).toMatchObject({
      counts: { all: 6, done: 6, refused: 2 },
      finishedAt: expect.any(Date),
      refusals: [
        { sentence: expect.stringMatching(/failed again and again/) },
        { sentence: expect.stringMatching(/failed again and again/) },
      ],
    })
    expect((await handOverSecrets(as(root.owner), { bulkRotationId })).secrets).toHaveLength(4)
    const marked = await database()
      .select({ id: connectedApps.id })
      .from(connectedApps)
      .where(and(eq(connectedApps.organizationId, root.id), isNotNull(connectedApps.rotationDueSince)))
    expect(marked.map(({ id }) => id).sort()).toEqual([apps[0]?.id, apps[1]?.id].sort())
  }, 40_000)

  it('is not tried for longer than an hour', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 2)
    const { bulkRotationId } = await startBulkRotation(as(root.owner), {
      organizationId: root.id,
      which: 'due',
    })
    await database()
      .update(bulkRotations)
      .set({ startedAt: sql`now() - interval '61 minutes'` })
      .where(eq(bulkRotations.id, bulkRotationId))
    await whileBroken([apps[0]], () => rotateMany({ bulkRotationId }))
    const { counts, finishedAt } = await getBulkRotation(as(root.owner), bulkRotationId)
    expect([counts, finishedAt !== null]).toEqual([{ all: 2, done: 2, refused: 1 }, true])
  })
})

/** What the scheduler does with the job, in a process of its own that shares nothing with this one. */
const RUN = `
  const { setSecretKey } = await import('#lib/base/secret-key')
  const { rotateMany } = await import('#lib/domain/connected-apps/rotate-many')
  setSecretKey(Buffer.from((await import('node:fs')).readFileSync(0, 'utf8'), 'hex'))
  await rotateMany({ bulkRotationId: process.argv.at(-1) })
  process.exit(0)
`

describe('new secrets that wait', () => {
  const endPlaceOf = (userId: Id<'user'>) =>
    database().update(memberships).set({ endedAt: new Date() }).where(eq(memberships.userId, userId))
  const rowsOf = (id: Id<'bulkRotation'>) =>
    database().select().from(bulkRotationApps).where(eq(bulkRotationApps.bulkRotationId, id))
  const isMarked = async ({ id }: MadeApp) => {
    const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, id))
    return row?.rotationDueSince != null
  }

  it('hand nothing over to whoever may begin none any more', async () => {
    const root = await makeOrganization()
    await makeApps(root, 2)
    const administrator = await makeMember(root, 'administrator')
    const input = { organizationId: root.id, which: 'due' } as const
    const id = await rotateAll(as(administrator), input)
    expect(await listBulkRotations(as(administrator), root.id)).toHaveLength(1)
    await database()
      .update(memberships)
      .set({ role: 'member' })
      .where(eq(memberships.userId, administrator.id))
    const asked = () => handOverSecrets(as(administrator), { bulkRotationId: id })
    await expect(asked()).rejects.toMatchObject({ code: 'forbidden' })
    await expect(getBulkRotation(as(administrator), id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(listBulkRotations(as(administrator), root.id)).rejects.toMatchObject({ code: 'forbidden' })
    await endPlaceOf(administrator.id)
    await expect(asked()).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('leave out the apps one may no longer rotate: forgotten, marked and named', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const [kept, given, widened, deleted] = await makeApps(root, 4, {
      ownerId: developer.id,
      actsAs: 'itself',
      scopes: ['profile'],
    })
    if (!(kept && given && widened && deleted)) return expect.unreachable()
    const id = await rotateAll(as(developer), { organizationId: root.id, which: 'due' })
    expect(await isMarked(given)).toBe(false)
    await database()
      .update(connectedApps)
      .set({ ownerId: root.owner.id })
      .where(eq(connectedApps.id, given.id))
    await database()
      .insert(appContexts)
      .values({ appId: widened.id, scope: 'allowlist:write', organizationId: root.id })
    await database()
      .update(connectedApps)
      .set({ endedAt: new Date() })
      .where(eq(connectedApps.id, deleted.id))
    const { secrets, leftOut } = await handOverSecrets(as(developer), { bulkRotationId: id })
    expect(secrets.map(({ clientId }) => clientId)).toEqual([kept.clientId])
    expect(leftOut.map(({ appId }) => appId).sort()).toEqual([given.id, widened.id, deleted.id].sort())
    expect((await rowsOf(id)).map(({ sealedSecret }) => sealedSecret)).toEqual([null, null, null, null])
    expect([await isMarked(kept), await isMarked(given), await isMarked(widened)]).toEqual([
      false,
      true,
      true,
    ])
    const progress = await getBulkRotation(as(developer), id)
    expect(progress.counts).toEqual({ all: 4, done: 4, refused: 3 })
    expect(progress.refusals.map(({ sentence }) => sentence)).toEqual(leftOut.map(({ sentence }) => sentence))
    const told = await database().select().from(events).where(eq(events.rootOrganizationId, root.id))
    expect(told.find(({ name }) => name === 'bulk-rotation.handed-over')?.details).toMatchObject({
      secrets: 1,
      leftOut: 3,
    })
  })

  it('are handed to an app only while its token holds the scope', async () => {
    const root = await makeOrganization()
    const [robot] = await makeApps(root, 1, { actsAs: 'itself', rotationDueSince: null })
    const apps = await makeApps(root, 2)
    if (!robot) return expect.unreachable()
    const scopes = ['connected-apps:read', 'connected-apps:secrets']
    await database()
      .insert(appContexts)
      .values(scopes.map((scope) => ({ appId: robot.id, scope, organizationId: root.id })))
    await database().update(connectedApps).set({ scopes }).where(eq(connectedApps.id, robot.id))
    const id = await rotateAll(asApp(robot, scopes, root), { organizationId: root.id, which: 'due' })
    const reading = asApp(robot, ['connected-apps:read'], root)
    await expect(handOverSecrets(reading, { bulkRotationId: id })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { secrets } = await handOverSecrets(asApp(robot, scopes, root), { bulkRotationId: id })
    expect(secrets).toHaveLength(apps.length)
  })
})

describe('new secrets that nobody takes along', () => {
  const makeLate = (id: Id<'bulkRotation'>) =>
    database()
      .update(bulkRotations)
      .set({ finishedAt: sql`now() - interval '25 hours'` })
      .where(eq(bulkRotations.id, id))

  it('are forgotten after a day, and their apps are due again, but for one that was rotated since', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 2)
    const id = await rotateAll(as(root.owner), { organizationId: root.id, which: 'due' })
    await forgetSecrets()
    expect((await getBulkRotation(as(root.owner), id)).forgottenAt).toBeNull()
    await makeSecret(apps[1]?.id ?? newId('app'))
    await makeLate(id)
    await Promise.all([forgetSecrets(), forgetSecrets()])
    expect((await getBulkRotation(as(root.owner), id)).forgottenAt).not.toBeNull()
    await expect(handOverSecrets(as(root.owner), { bulkRotationId: id })).rejects.toMatchObject({
      code: 'expired',
    })
    const rows = await database()
      .select()
      .from(connectedApps)
      .where(
        inArray(
          connectedApps.id,
          apps.map((app) => app.id),
        ),
      )
    const isDue = (app: MadeApp | undefined) =>
      rows.find((row) => row.id === app?.id)?.rotationDueSince !== null
    expect([isDue(apps[0]), isDue(apps[1])]).toEqual([true, false])
    const left = await database()
      .select()
      .from(bulkRotationApps)
      .where(eq(bulkRotationApps.bulkRotationId, id))
    expect(left.map((row) => row.sealedSecret)).toEqual([null, null])
    const told = await database().select().from(events).where(eq(events.rootOrganizationId, root.id))
    expect(told.filter(({ name }) => name === 'bulk-rotation.forgotten')).toHaveLength(1)
  })
})

describe('new secrets that nobody can take along any more', () => {
  const eventsOf = async (root: MadeOrganization) =>
    (await database().select().from(events).where(eq(events.rootOrganizationId, root.id))).filter(
      ({ name }) => name === 'bulk-rotation.forgotten',
    )
  const isMarked = async (app: MadeApp) => {
    const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, app.id))
    return row?.rotationDueSince != null
  }

  it.each(['lost the role', 'left', 'was deactivated'])(
    'are forgotten before the day is over when whoever began %s, and their apps are marked [P18] [P19]',
    async (what) => {
      const root = await makeOrganization()
      const administrator = await makeMember(root, 'administrator')
      const [app] = await makeApps(root, 1)
      if (!app) return expect.unreachable()
      const id = await rotateAll(as(administrator), { organizationId: root.id, which: 'due' })
      await forgetSecrets()
      expect([await isMarked(app), await eventsOf(root)]).toEqual([false, []])
      const member = { userId: administrator.id, organizationId: root.id }
      if (what === 'left') await removeMember(as(root.owner), member)
      else if (what === 'lost the role') await changeRole(as(root.owner), { ...member, role: 'member' })
      else
        await database()
          .update(users)
          .set({ deactivatedAt: new Date() })
          .where(eq(users.id, administrator.id))
      await Promise.all([forgetSecrets(), forgetSecrets()])
      expect(await isMarked(app)).toBe(true)
      expect(await eventsOf(root)).toMatchObject([{ details: { bulkRotationId: id, secrets: 1 } }])
      const [row] = await database()
        .select()
        .from(bulkRotationApps)
        .where(eq(bulkRotationApps.bulkRotationId, id))
      expect(row?.sealedSecret).toBeNull()
      expect((await findMarkCauses([app.id])).get(app.id)?.kind).toBe('forgotten')
    },
  )

  it('wait on while the organization is suspended, and while the rotation goes on', async () => {
    const root = await makeOrganization()
    const administrator = await makeMember(root, 'administrator')
    const [app] = await makeApps(root, 1)
    if (!app) return expect.unreachable()
    const { bulkRotationId } = await startBulkRotation(as(administrator), {
      organizationId: root.id,
      which: 'due',
    })
    const suspend = (suspendedAt: Date | null) =>
      database().update(organizations).set({ suspendedAt }).where(eq(organizations.id, root.id))
    await forgetSecrets()
    await rotateMany({ bulkRotationId })
    await suspend(new Date())
    await forgetSecrets()
    expect(await isMarked(app)).toBe(false)
    await suspend(null)
    expect((await handOverSecrets(as(administrator), { bulkRotationId })).secrets).toHaveLength(1)
  })

  it('that an app began for itself are forgotten once it is disabled', async () => {
    const root = await makeOrganization()
    const scopes = ['connected-apps:read', 'connected-apps:secrets']
    const [robot] = await makeApps(root, 1, { actsAs: 'itself', rotationDueSince: null, scopes })
    const [app] = await makeApps(root, 1)
    if (!(robot && app)) return expect.unreachable()
    await database()
      .insert(appContexts)
      .values(scopes.map((scope) => ({ appId: robot.id, scope, organizationId: root.id })))
    await rotateAll(asApp(robot, scopes, root), { organizationId: root.id, which: 'due' })
    await forgetSecrets()
    expect(await isMarked(app)).toBe(false)
    await database()
      .update(connectedApps)
      .set({ disabledAt: new Date() })
      .where(eq(connectedApps.id, robot.id))
    await forgetSecrets()
    expect(await isMarked(app)).toBe(true)
  })
})

describe('a large bulk rotation', () => {
  it('lets others have their turn after a hundred apps, and goes on by itself', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 101)
    const { bulkRotationId } = await startBulkRotation(as(root.owner), {
      organizationId: root.id,
      which: 'due',
    })
    const jobOf = () =>
      database().execute(sql`select priority from graphile_worker.jobs where key = ${bulkRotationId}`)
    await database().execute(sql`select graphile_worker.remove_job(${bulkRotationId})`)
    await rotateMany({ bulkRotationId })
    expect((await getBulkRotation(as(root.owner), bulkRotationId)).counts).toMatchObject({
      all: 101,
      done: 100,
    })
    expect(await jobOf()).toEqual([{ priority: 10 }])
    await rotateMany({ bulkRotationId })
    expect((await getBulkRotation(as(root.owner), bulkRotationId)).finishedAt).not.toBeNull()
    expect(new Set(await countsOf(apps))).toEqual(new Set([2]))
  })
})

describe('an app that begins a bulk rotation', () => {
  it('for itself reaches what its token does, and takes the secrets along itself', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 2)
    const [robot] = await makeApps(root, 1, {
      actsAs: 'itself',
      scopes: ['connected-apps:read', 'connected-apps:secrets', 'profile'],
      rotationDueSince: null,
    })
    if (!robot) return expect.unreachable()
    const scopes = ['connected-apps:read', 'connected-apps:secrets']
    await database()
      .insert(appContexts)
      .values(scopes.map((scope) => ({ appId: robot.id, scope, organizationId: root.id })))
    const actor = asApp(robot, scopes, root)
    const id = await rotateAll(actor, { organizationId: root.id, which: 'due' })
    expect(await countsOf(apps)).toEqual([2, 2])
    await expect(handOverSecrets(as(root.owner), { bulkRotationId: id })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await handOverSecrets(actor, { bulkRotationId: id })).secrets).toHaveLength(2)
  })

  it('for a person holds no more than its token did, and nothing once it is disabled', async () => {
    const root = await makeOrganization()
    const tool = await makeApp({ organization: root })
    const apps = await makeApps(root, 1)
    const actor = asThrough(root.owner, tool, ['connected-apps:read', 'connected-apps:secrets'])
    const { bulkRotationId } = await startBulkRotation(actor, { organizationId: root.id, which: 'due' })
    await database()
      .update(connectedApps)
      .set({ disabledAt: new Date() })
      .where(eq(connectedApps.id, tool.id))
    await rotateMany({ bulkRotationId })
    expect(await countsOf(apps)).toEqual([1])
    expect((await handOverSecrets(actor, { bulkRotationId })).secrets).toEqual([])
  })

  it('that an app began for a person ends with their yes to it, and what it made is theirs to take along', async () => {
    const root = await makeOrganization()
    const scopes = ['connected-apps:read', 'connected-apps:secrets']
    const tool = await makeApp({ organization: root, scopes })
    const other = await makeApp({ organization: root, scopes })
    const apps = await makeApps(root, 2)
    const actor = asThrough(root.owner, tool, scopes)
    await makeAuthorization(root.owner, tool, root, scopes)
    const [first, second] = apps as [(typeof apps)[number], (typeof apps)[number]]
    const before = await startBulkRotation(actor, {
      organizationId: root.id,
      which: 'chosen',
      appIds: [first.id],
    })
    await rotateMany(before)
    const after = await startBulkRotation(actor, {
      organizationId: root.id,
      which: 'chosen',
      appIds: [second.id],
    })
    const only = ({ bulkRotationId }: { bulkRotationId: Id<'bulkRotation'> }) => ({ bulkRotationId })
    await blockApp(as(root.owner), { rootOrganizationId: root.id, appId: tool.id })
    await rotateMany(after)
    expect(await countsOf(apps)).toEqual([2, 1])
    for (const stranger of [
      asThrough(root.owner, other, scopes),
      as(await makeMember(root, 'administrator')),
    ])
      await expect(handOverSecrets(stranger, only(before))).rejects.toMatchObject({ code: 'not-found' })
    expect((await handOverSecrets(as(root.owner), only(before))).secrets).toHaveLength(1)
    expect((await handOverSecrets(as(root.owner), only(after))).secrets).toEqual([])
  })
})
