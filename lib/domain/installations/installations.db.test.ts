import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { installations } from '#db/schema/installations'
import type { Id } from '#lib/base/ids'
import { newId } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import {
  type MadeApp,
  type MadeOrganization,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { blockApp } from './block-app.ts'
import { ensureInstallation } from './ensure-installation.ts'
import { freezeApp } from './freeze-app.ts'
import { unblockApp } from './unblock-app.ts'
import { unfreezeApp } from './unfreeze-app.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let named: { rootOrganizationId: Id<'organization'>; appId: Id<'app'> }

beforeEach(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  app = await makeApp({ organization: elsewhere, audience: 'everyone' })
  named = { rootOrganizationId: here.id, appId: app.id }
})

const standing = async () => {
  const [row] = await database()
    .select()
    .from(installations)
    .where(and(eq(installations.rootOrganizationId, here.id), eq(installations.appId, app.id)))
  return row
}
const told = () =>
  database().select().from(events).where(eq(events.rootOrganizationId, here.id)).orderBy(events.id)
const recorded = async () => (await told()).map((row) => row.name)

describe('an installation', () => {
  it('is made once, however many make it at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, () => transaction((tx) => ensureInstallation(tx, here.id, app.id))),
    )
    expect(new Set(ids).size).toBe(1)
  })
})

describe('freezing', () => {
  it('holds back and lets go, ends nothing, and is recorded once however often it is pressed', async () => {
    await freezeApp(as(here.owner), named)
    await freezeApp(as(here.owner), named)
    expect(await standing()).toMatchObject({ epoch: 0, frozenBy: here.owner.id, blockedAt: null })
    await unfreezeApp(as(here.owner), named)
    await unfreezeApp(as(here.owner), named)
    expect(await standing()).toMatchObject({ epoch: 0, frozenAt: null, frozenBy: null })
    expect(await recorded()).toEqual(['installation.frozen', 'installation.unfrozen'])
  })

  it('refuses what is blocked, which is stopped for good already', async () => {
    await blockApp(as(here.owner), named)
    await expect(freezeApp(as(here.owner), named)).rejects.toMatchObject({ code: 'conflict' })
    expect(await standing()).toMatchObject({ frozenAt: null })
  })
})

describe('blocking', () => {
  it('raises the epoch once and stays until it is unblocked [P108]', async () => {
    await blockApp(as(here.owner), named)
    await blockApp(as(here.owner), named)
    expect(await standing()).toMatchObject({ epoch: 1, blockedBy: here.owner.id })
    await unblockApp(as(here.owner), named)
    await unblockApp(as(here.owner), named)
    expect(await standing()).toMatchObject({ epoch: 1, blockedAt: null, blockedBy: null })
    expect(await recorded()).toEqual(['installation.blocked', 'installation.unblocked'])
  })

  it('takes the place of a freeze, so that nothing of it is left once it is unblocked [P108]', async () => {
    await freezeApp(as(here.owner), named)
    await blockApp(as(here.owner), named)
    expect(await standing()).toMatchObject({ frozenAt: null, frozenBy: null, blockedBy: here.owner.id })
    expect((await told()).at(-1)).toMatchObject({
      name: 'installation.blocked',
      details: { endsFreeze: true },
    })
    await unblockApp(as(here.owner), named)
    expect(await standing()).toMatchObject({ frozenAt: null, blockedAt: null })
  })

  it('meets a freeze of the same moment: whichever comes first, it is blocked and not frozen', async () => {
    const [, blocked] = await Promise.allSettled([
      freezeApp(as(here.owner), named),
      blockApp(as(here.owner), named),
    ])
    expect(blocked.status).toBe('fulfilled')
    expect(await standing()).toMatchObject({ frozenAt: null, blockedBy: here.owner.id })
  })

  it('concerns one root organization only', async () => {
    await blockApp(as(here.owner), named)
    await blockApp(as(elsewhere.owner), { ...named, rootOrganizationId: elsewhere.id })
    await unblockApp(as(elsewhere.owner), { ...named, rootOrganizationId: elsewhere.id })
    expect((await standing())?.blockedAt).not.toBeNull()
  })

  it('refuses an app that nobody here could meet, like one that does not exist', async () => {
    const foreign = await makeApp({ organization: elsewhere, audience: 'internal' })
    for (const appId of [foreign.id, newId('app')]) {
      await expect(blockApp(as(here.owner), { ...named, appId })).rejects.toMatchObject({ code: 'not-found' })
    }
  })
})

describe.each([
  ['freezeApp', freezeApp],
  ['unfreezeApp', unfreezeApp],
  ['blockApp', blockApp],
  ['unblockApp', unblockApp],
])('%s', (_, verb) => {
  it('refuses a member, a developer and a business group’s administrator', async () => {
    const group = await makeBusinessGroup(here)
    for (const person of [
      await makeMember(here),
      await makeMember(here, 'developer'),
      await makeMember(group, 'administrator'),
    ]) {
      await expect(verb(as(person), named)).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(await standing()).toBeUndefined()
  })

  it('refuses an administrator of another organization as if there were nothing here', async () => {
    await expect(verb(as(elsewhere.owner), named)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('refuses a business group in the place of a root organization', async () => {
    const group = await makeBusinessGroup(here)
    await expect(verb(as(here.owner), { ...named, rootOrganizationId: group.id })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('refuses what is no id at all', async () => {
    await expect(verb(as(here.owner), { ...named, appId: 'app_1' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

describe('an app', () => {
  const SCOPES = ['authorizations:remove', 'organizations:read']

  it('cannot unblock or unfreeze itself or its children, for itself or for an administrator [P131]', async () => {
    const child = await makeApp({ organization: elsewhere, audience: 'everyone', registeredByAppId: app.id })
    for (const actor of [asApp(app, SCOPES, here), asThrough(here.owner, app, SCOPES, here.id)]) {
      for (const appId of [app.id, child.id]) {
        for (const verb of [unblockApp, unfreezeApp]) {
          await expect(verb(actor, { ...named, appId })).rejects.toMatchObject({ code: 'forbidden' })
        }
      }
      await expect(
        unblockApp(actor, { ...named, appId: (await makeApp({ organization: here })).id }),
      ).resolves.toBe(undefined)
    }
  })

  it('without the scope is refused, whoever it acts for', async () => {
    const actor = asThrough(here.owner, app, ['organizations:read'], here.id)
    await expect(blockApp(actor, named)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
