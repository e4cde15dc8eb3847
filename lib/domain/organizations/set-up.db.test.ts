import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { setupCodes } from '#db/schema/deployment'
import type { SystemActor } from '#lib/domain/permissions/actor'
import { database } from '#test/database'
import { createFirstOrganization } from './create-first-organization.ts'
import { issueSetupCode } from './issue-setup-code.ts'

const SET_UP: SystemActor = { kind: 'system', name: 'set-up' }
let word = 0
const visit = (code: string) => ({
  code,
  organizationName: 'First',
  username: `first-${++word}-${Date.now()}`,
  email: `first-${word}-${Date.now()}@example.com`,
  fullName: 'First Person',
  password: 'correct horse battery',
})
const hide = () =>
  database().execute(sql`update organizations set ended_at = '2001-01-01' where ended_at is null`)

// Set-up looks at the whole deployment, so the organizations of other tests step aside while these run.
beforeAll(hide)
beforeEach(async () => {
  await hide()
  await database().delete(setupCodes)
})
afterAll(() =>
  database().execute(sql`update organizations set ended_at = null where ended_at = '2001-01-01'`),
)

describe('the first visit', () => {
  it('is let in by the code from the log, once, and then nobody is', async () => {
    const code = await issueSetupCode()
    expect(code).toMatch(/^([0-9a-f]{4}-){7}[0-9a-f]{4}$/)
    const made = await createFirstOrganization(SET_UP, visit(` ${code?.toUpperCase()} `))
    expect(made.organizationId).toMatch(/^org_/)
    await expect(createFirstOrganization(SET_UP, visit(code ?? ''))).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(await issueSetupCode()).toBeNull()
  })

  it('keeps the code as a hash only [P133]', async () => {
    const code = await issueSetupCode()
    const rows = await database().execute(sql`select t::text as said from setup_codes t`)
    expect(JSON.stringify(rows)).not.toContain(code)
    expect(JSON.stringify(rows)).not.toContain(code?.replaceAll('-', ''))
  })

  it('makes one organization when two have the code at the same moment', async () => {
    const code = (await issueSetupCode()) ?? ''
    const outcomes = await Promise.allSettled(
      [1, 2, 3, 4].map(() => createFirstOrganization(SET_UP, visit(code))),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
  })

  it('refuses a wrong code, counts it, and after ten the right one too', async () => {
    const code = (await issueSetupCode()) ?? ''
    const wrong = '0000-0000-0000-0000-0000-0000-0000-0000'
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await expect(createFirstOrganization(SET_UP, visit(wrong))).rejects.toMatchObject({
        code: 'invalid',
        fields: { code: expect.any(String) },
      })
    }
    await expect(createFirstOrganization(SET_UP, visit(code))).rejects.toMatchObject({ code: 'invalid' })
  })

  it('refuses a code that is over an hour old, and one that a newer one replaced', async () => {
    const old = (await issueSetupCode()) ?? ''
    const present = (await issueSetupCode()) ?? ''
    await expect(createFirstOrganization(SET_UP, visit(old))).rejects.toMatchObject({ code: 'invalid' })
    await database().execute(sql`update setup_codes set expires_at = now() - interval '1 second'`)
    await expect(createFirstOrganization(SET_UP, visit(present))).rejects.toMatchObject({ code: 'invalid' })
  })

  it('does not use the code up when the account cannot be made', async () => {
    const code = (await issueSetupCode()) ?? ''
    await expect(
      createFirstOrganization(SET_UP, { ...visit(code), password: 'short' }),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
    const made = await createFirstOrganization(SET_UP, visit(code))
    expect(made.userId).toMatch(/^usr_/)
  })
})
