import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import { API_SCOPES } from '#lib/domain/connected-apps/scopes'
import { abilitiesAt } from './abilities.ts'
import type { AppActor, UserActor } from './actor.ts'
import { PERMISSIONS, type Permission } from './catalogue.ts'
import { DEPLOYMENT } from './deployment.ts'
import { may } from './may.ts'
import { permissionsPage } from './permissions-page.ts'
import { NO_STANDING, type Standing } from './standing.ts'

const rootOrganizationId = newId('organization')
const organizationId = newId('organization')
const userId = newId('user')
const ana: UserActor = { kind: 'user', userId, name: 'Ana' }
const place = { organizationId, rootOrganizationId, ownerId: newId('user') }
const names = Object.keys(PERMISSIONS) as Permission[]
const standing = (given: Partial<Standing>): Standing => ({ ...NO_STANDING, ...given })

describe('the table of permissions', () => {
  it('is what docs/permissions.md says: run `npm run permissions` after changing it', () => {
    expect(readFileSync('docs/permissions.md', 'utf8')).toBe(permissionsPage())
  })

  it('names exactly the scopes that our own API offers', () => {
    const named = new Set(names.flatMap((name) => PERMISSIONS[name].scope ?? []))
    expect([...named].sort()).toEqual(API_SCOPES.map((scope) => scope.name).sort())
  })
})

describe('abilities', () => {
  it('are none for a stranger', () => {
    expect(abilitiesAt(ana, place, NO_STANDING)).toEqual([])
  })

  it('of an operator concern the deployment, nothing inside an organization', () => {
    const operator = standing({ isOperator: true })
    const held = abilitiesAt(ana, DEPLOYMENT, operator)
    expect(held).toContain('organizations.create-root')
    expect(held.every((name) => (PERMISSIONS[name].heldBy as readonly string[]).includes('operator'))).toBe(
      true,
    )
  })

  it('of a business group’s administrator leave policy and authorizations to the root', () => {
    const held = abilitiesAt(ana, place, standing({ roles: ['member', 'administrator'], rootRole: 'member' }))
    expect(held).toContain('connected-apps.change-owner')
    expect(held.filter((name) => /^(authorizations|installations|audit)\./.test(name))).toEqual([])
    expect(held).not.toContain('allowlist.change-policy')
    expect(held).not.toContain('allowlist.approve')
  })

  it('of a developer reach the apps they own only', () => {
    const developer = standing({ roles: ['developer'], rootRole: 'member' })
    expect(may(ana, 'connected-apps.update', place, developer)).toBe(false)
    expect(may(ana, 'connected-apps.update', { ...place, ownerId: userId }, developer)).toBe(true)
    expect(may(ana, 'connected-apps.change-owner', { ...place, ownerId: userId }, developer)).toBe(false)
  })

  it('end with the role, also for the owner of an app', () => {
    const member = standing({ roles: ['member'], rootRole: 'member' })
    expect(may(ana, 'connected-apps.view', { ...place, ownerId: userId }, member)).toBe(false)
  })

  it('of an app for a person are the person’s, narrowed to its scopes and to one root [P87]', () => {
    const root = standing({ roles: ['administrator'], rootRole: 'administrator' })
    const through = {
      appId: newId('app'),
      appName: 'Tool',
      scopes: ['connected-apps:read'],
      rootOrganizationId,
    }
    const held = abilitiesAt({ ...ana, through }, place, root)
    expect(held).toEqual(names.filter((name) => PERMISSIONS[name].scope === 'connected-apps:read'))
    const elsewhere = { ...place, rootOrganizationId: newId('organization') }
    expect(abilitiesAt({ ...ana, through }, elsewhere, root)).toEqual([])
  })

  it('of an app for itself are its scopes in the organizations chosen, whatever stands below or above [P85]', () => {
    const contexts = [{ scope: 'connected-apps:write', organizationId }]
    const app: AppActor = { kind: 'app', appId: newId('app'), name: 'Robot', contexts }
    const held = abilitiesAt(app, place, NO_STANDING)
    expect(held).toEqual(names.filter((name) => PERMISSIONS[name].scope === 'connected-apps:write'))
    expect(abilitiesAt(app, { ...place, organizationId: rootOrganizationId }, NO_STANDING)).toEqual([])
  })
})
