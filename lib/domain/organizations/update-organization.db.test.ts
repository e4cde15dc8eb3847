import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { organizations } from '#db/schema/organizations'
import type { Id } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization, makeUser } from '#test/factories'
import { createEnvironment } from './create-environment.ts'
import { getOrganization } from './get-organization.ts'
import { getSettings } from './get-settings.ts'
import type { UpdateOrganizationInput } from './schema.ts'
import { updateEnvironment } from './update-environment.ts'
import { updateOrganization } from './update-organization.ts'

const rowOf = async (id: Id<'organization'>) => {
  const [row] = await database().select().from(organizations).where(eq(organizations.id, id))
  return row
}
const eventsOf = (subjectId: string) =>
  database().select().from(events).where(eq(events.subjectId, subjectId)).orderBy(events.id)

describe('saving an organization’s settings', () => {
  it('changes what was given, leaves the rest, and records each before and after', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    const input = {
      organizationId: root.id,
      version: 1,
      name: ' Acme Works ',
      appCreation: 'administrators',
      secretDaysMax: 365,
      allowsPasswordTokens: true,
    } as const
    expect(await updateOrganization(as(root.owner), input)).toEqual({ version: 2 })
    expect(await rowOf(root.id)).toMatchObject({
      name: 'Acme Works',
      website: null,
      appCreation: 'administrators',
      secretDaysMax: 365,
      allowsPasswordTokens: true,
      version: 2,
    })
    expect(await eventsOf(root.id)).toMatchObject([
      {
        name: 'organization.updated',
        subjectName: 'Acme',
        details: {
          version: 2,
          changed: {
            name: { before: 'Acme', after: 'Acme Works' },
            appCreation: { before: 'developers', after: 'administrators' },
            secretDaysMax: { before: null, after: 365 },
            allowsPasswordTokens: { before: false, after: true },
          },
        },
      },
    ])
    const same = { organizationId: root.id, version: 2, name: 'Acme Works', website: null }
    expect(await updateOrganization(as(root.owner), same)).toEqual({ version: 2 })
    expect(await eventsOf(root.id)).toHaveLength(1)
  })

  it('over somebody’s newer save is refused with what they changed, and loses nothing', async () => {
    const root = await makeOrganization()
    const second = await makeMember(root, 'administrator')
    await updateOrganization(as(second), { organizationId: root.id, version: 1, secretDaysMax: 90 })
    const stale = { organizationId: root.id, version: 1, secretDaysMax: 30 }
    await expect(updateOrganization(as(root.owner), stale)).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringContaining(`${second.fullName} changed the longest life of a secret`),
      fields: { secretDaysMax: `Changed by ${second.fullName}.` },
    })
    await expect(updateOrganization(as(second), stale)).rejects.toMatchObject({
      sentence: expect.stringContaining('in another tab'),
    })
    expect(await rowOf(root.id)).toMatchObject({ secretDaysMax: 90 })
  })

  it('at the same moment lets one through', async () => {
    const root = await makeOrganization()
    const outcomes = await Promise.allSettled(
      [30, 60, 90].map((secretDaysMax) =>
        updateOrganization(as(root.owner), { organizationId: root.id, version: 1, secretDaysMax }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await rowOf(root.id)).toMatchObject({ version: 2 })
  })

  it('renames a business group, which has no rules of its own', async () => {
    const root = await makeOrganization()
    const [sales] = [
      await makeBusinessGroup(root, { name: 'Sales' }),
      await makeBusinessGroup(root, { name: 'Care' }),
    ]
    const lead = await makeMember(sales, 'administrator')
    await updateOrganization(as(lead), { organizationId: sales.id, version: 1, name: 'Sales North' })
    expect(await rowOf(sales.id)).toMatchObject({ name: 'Sales North' })
    await expect(
      updateOrganization(as(root.owner), { organizationId: sales.id, version: 2, name: 'CARE' }),
    ).rejects.toMatchObject({ code: 'conflict', fields: { name: expect.any(String) } })
    const rule = { organizationId: sales.id, version: 2, appCreation: 'nobody' } as const
    await expect(updateOrganization(as(root.owner), rule)).rejects.toMatchObject({
      code: 'invalid',
      fields: { appCreation: expect.any(String) },
    })
    await expect(updateOrganization(as(lead), rule)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await getSettings(as(lead), sales.id)).toMatchObject({ name: 'Sales North', rules: null })
  })

  it('is refused for what cannot be, each under its field', async () => {
    const root = await makeOrganization()
    const fieldsOf = async (given: Partial<UpdateOrganizationInput> & Record<string, unknown>) => {
      const input = { organizationId: root.id, version: 1, ...given } as UpdateOrganizationInput
      return updateOrganization(as(root.owner), input).then(
        () => [],
        (refusal: { fields: object }) => Object.keys(refusal.fields),
      )
    }
    expect(await fieldsOf({ name: 'x'.repeat(1_000_000) })).toEqual(['name'])
    expect(await fieldsOf({ name: '   ' })).toEqual(['name'])
    expect(await fieldsOf({ name: 'Pay\u202Eroll' })).toEqual(['name'])
    expect(await fieldsOf({ website: 'javascript:alert(1)' })).toEqual(['website'])
    expect(await fieldsOf({ secretDaysMax: 0 })).toEqual(['secretDaysMax'])
    expect(await fieldsOf({ secretDaysMax: 1.5 })).toEqual(['secretDaysMax'])
    expect(await fieldsOf({ secretDaysMax: 3651 })).toEqual(['secretDaysMax'])
    expect(await fieldsOf({ appCreation: 'everyone' as 'nobody' })).toEqual(['appCreation'])
    await expect(
      updateOrganization(as(root.owner), {
        organizationId: root.id,
        version: 1,
        appsMax: 100_000,
      } as UpdateOrganizationInput),
    ).rejects.toMatchObject({ code: 'invalid' })
    expect(await rowOf(root.id)).toMatchObject({ version: 1, appsMax: 2000 })
  })

  it('is refused to developers, siblings, strangers and operators; rules are nothing an app changes', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const operator = await makeUser({ isOperator: true })
    const input = { organizationId: root.id, version: 1, website: 'https://acme.example' }
    for (const [actor, code] of [
      [as(await makeMember(root, 'developer')), 'forbidden'],
      [as(await makeMember(group, 'administrator')), 'forbidden'],
      [as((await makeOrganization()).owner), 'not-found'],
      [as(operator), 'forbidden'],
      [asApp(await makeApp({ organization: root }), ['organizations:read'], root), 'forbidden'],
    ] as const) {
      await expect(updateOrganization(actor, input)).rejects.toMatchObject({ code })
      // Settings are there for whoever may change them, and for nobody else who governs something, place there or not.
      const governs = code === 'not-found' || (actor.kind === 'user' && actor.userId !== operator.id)
      const absent = { code: governs ? 'not-found' : 'forbidden' }
      await expect(getSettings(actor, root.id)).rejects.toMatchObject(absent)
    }
    const [outer, inner] = [await makeBusinessGroup(root), await makeBusinessGroup(group)]
    const lead = await makeMember(inner, 'administrator')
    for (const { id } of [root, group, outer]) {
      await expect(getSettings(as(lead), id)).rejects.toMatchObject({ code: 'not-found' })
    }
    const sibling = await makeMember(await makeBusinessGroup(root), 'administrator')
    await expect(getSettings(as(sibling), group.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(getOrganization(as(sibling), group.id)).rejects.toMatchObject({ code: 'not-found' })
    const tool = await makeApp({ organization: root })
    const rule = {
      organizationId: root.id,
      version: 1,
      appCreation: 'developers',
      secretDaysMax: 30,
    } as const
    for (const actor of [
      asApp(tool, ['organizations:write'], root),
      asThrough(root.owner, tool, ['organizations:write']),
    ]) {
      await expect(updateOrganization(actor, rule)).rejects.toMatchObject({ code: 'forbidden' })
      const { version } = (await rowOf(root.id)) ?? { version: 0 }
      const website = `https://${version}.acme.example`
      await updateOrganization(actor, { organizationId: root.id, version, website })
      await database().update(organizations).set({ version: 1 }).where(eq(organizations.id, root.id))
    }
  })
})

describe('what an organization’s people see of it', () => {
  it('is whether they may create apps there, by its rule [P126]', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const isOpen = async () => (await getOrganization(as(developer), root.id)).appCreation
    expect(await isOpen()).toEqual({ rule: 'developers', isOpen: true })
    const input = { organizationId: root.id, version: 1, appCreation: 'administrators' } as const
    await updateOrganization(as(root.owner), input)
    expect(await isOpen()).toEqual({ rule: 'administrators', isOpen: false })
  })
})

describe('changing an environment', () => {
  it('renames it and changes its kind, over nobody’s newer save', async () => {
    const root = await makeOrganization()
    const second = await makeMember(root, 'administrator')
    const made = { organizationId: root.id, name: 'Live', kind: 'sandbox' } as const
    const { environmentId } = await createEnvironment(as(root.owner), made)
    const input = { environmentId, version: 1, name: 'Live', kind: 'production' } as const
    expect(await updateEnvironment(as(second), input)).toEqual({ version: 2 })
    expect((await getSettings(as(root.owner), root.id)).environments).toMatchObject([
      { name: 'Live', kind: 'production', version: 2 },
    ])
    await expect(
      updateEnvironment(as(root.owner), { environmentId, version: 1, name: 'Mine' }),
    ).rejects.toMatchObject({ code: 'conflict', fields: { kind: `Changed by ${second.fullName}.` } })
    expect((await eventsOf(environmentId)).map(({ name }) => name)).toEqual([
      'environment.created',
      'environment.updated',
    ])
    await createEnvironment(as(root.owner), { ...made, name: 'Trial' })
    await expect(
      updateEnvironment(as(root.owner), { environmentId, version: 2, name: 'TRIAL' }),
    ).rejects.toMatchObject({ code: 'conflict', fields: { name: expect.any(String) } })
    const developer = await makeMember(root, 'developer')
    await expect(updateEnvironment(as(developer), input)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
