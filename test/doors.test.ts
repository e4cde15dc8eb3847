import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PERMISSIONS } from '#lib/domain/permissions/catalogue'
import { ROUTES } from '#lib/gateways/rest/routes'

/*
 * Every act can be done by a script: each permission of the catalogue has a route that needs it, and each verb one that
 * calls it. What has none has a reason here, and stands in ADR 11 for whoever writes a script.
 */
const OPERATOR =
  'The operator’s office is no organization’s, so no token that an organization rules can hold it: it is done in the console, or at the machine.'
const ONE_OWN =
  'One’s own account is changed by oneself, signed in: whoever steals a token must not be able to keep the account.'
const ASKING = 'It answers a page that a person sees while an app asks for their consent.'

/** Permissions without a route. */
const NO_ROUTE: Record<string, string> = {
  'organizations.list-roots': OPERATOR,
  'organizations.create-root': OPERATOR,
  'organizations.suspend': OPERATOR,
  'organizations.limit-apps': OPERATOR,
  'users.name-operator': OPERATOR,
  'signing-keys.rotate': OPERATOR,
  'allowlist.request': ASKING,
}

/** Verbs without a route, though their permission may have one. */
const NO_DOOR: Record<string, string> = {
  createOrganization: OPERATOR,
  suspendOrganization: OPERATOR,
  resumeOrganization: OPERATOR,
  limitApps: OPERATOR,
  nameOperator: OPERATOR,
  endOperator: OPERATOR,
  rotateSigningKey: OPERATOR,
  createFirstOrganization: 'There is nobody yet: the one-time code is given in a browser.',
  changeName: ONE_OWN,
  changePassword: ONE_OWN,
  requestEmailChange: ONE_OWN,
  confirmEmailChange: ONE_OWN,
  requestPasswordReset: ONE_OWN,
  resetPassword: ONE_OWN,
  endOtherSessions: ONE_OWN,
  endSession: ONE_OWN,
  verifySignIn: 'The sign-in itself; scripts have a token, or /accounts/login.',
  startSession: 'The sign-in itself; scripts have a token, or /accounts/login.',
  tradePassword: 'Its door is /accounts/login.',
  acceptInvitation: 'Whoever is invited joins with the mailed link.',
  joinByInvitation: 'Whoever is invited joins with the mailed link.',
  authorizeApp: ASKING,
  denyApp: ASKING,
  draftRequest: ASKING,
  requestApproval: ASKING,
  withdrawRequest: ASKING,
  endTokenFamily: 'Its door is the revocation endpoint, where the app itself gives tokens back.',
}

const routesSource = globSync('lib/gateways/rest/routes/*.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

const verbs = globSync('lib/domain/*/*.ts')
  .filter((file) => !file.endsWith('.test.ts') && !file.includes('/permissions/'))
  .map((file) => ({ file, source: readFileSync(file, 'utf8') }))
  .filter(({ source }) => /\btransaction\(/.test(source))
  .flatMap(({ file, source }) =>
    [...source.matchAll(/^export async function (\w+)(?:<[^(]*>)?\(\s*(?:actor|visitor)\b/gm)].map(
      ([, name = '']) => ({ file, name }),
    ),
  )

const hasRoute = (permission: string) =>
  ROUTES.some(({ needs, alsoNeeds = [] }) => [needs, ...alsoNeeds].some((one) => one === permission))
const hasDoor = (verb: string) => new RegExp(`\\b${verb}\\b`).test(routesSource)

describe('a script', () => {
  it.each(Object.keys(PERMISSIONS).filter((permission) => !(permission in NO_ROUTE)))(
    'finds a route for what %s permits',
    (permission) => {
      expect(hasRoute(permission), 'Give it a route, or a reason in NO_ROUTE and in ADR 11.').toBe(true)
    },
  )

  it.each(verbs.filter(({ name }) => !(name in NO_DOOR)))('finds a route for $name of $file', ({ name }) => {
    expect(hasDoor(name), 'Give it a route, or a reason in NO_DOOR and in ADR 11.').toBe(true)
  })

  it('is told of nothing that it cannot do, though it can', () => {
    expect(Object.keys(NO_ROUTE).filter(hasRoute)).toEqual([])
    const names = verbs.map(({ name }) => name)
    expect(Object.keys(NO_DOOR).filter((name) => hasDoor(name) || !names.includes(name))).toEqual([])
  })

  it.each([...Object.keys(NO_ROUTE), ...Object.keys(NO_DOOR)])('reads of %s in ADR 11', (name) => {
    expect(readFileSync('docs/adr/0011-the-api-describes-itself.md', 'utf8')).toContain(`\`${name}\``)
  })
})
