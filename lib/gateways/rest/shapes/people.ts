import { z } from 'zod'
import { idSchema } from '../../../base/id-schema.ts'
import { roleSchema } from '../../../domain/organizations/schema.ts'
import { groupIdSchema, invitationIdSchema } from '../../../domain/people/schema.ts'
import { abilities, appId, moment, named, organizationId, page, userId } from './shape.ts'

const total = { total: z.int().meta({ description: 'How many there are on all pages.' }) }
const quota = z.int().nullable().meta({
  description: 'Of a developer: how many apps they may own there and below; null: no quota.',
})
const state = z.enum(['active', 'deactivated', 'guest']).meta({
  description: 'A guest’s account is administered elsewhere.',
})
const personInFull = {
  id: userId,
  fullName: z.string(),
  username: z.string(),
  email: z.string(),
  state,
  isOwner: z.boolean().meta({ description: 'Owns the root organization.' }),
}
const lastSignedInAt = moment.nullable().meta({ description: 'Null for a guest, too.' })

export const people = page(
  z
    .object({
      ...personInFull,
      places: z.array(
        z.object({
          organizationId,
          organizationName: z.string(),
          isRoot: z.boolean(),
          role: roleSchema,
          isInherited: z.boolean().meta({ description: 'Held above what was asked for.' }),
        }),
      ),
      appsOwned: z.int(),
      lastSignedInAt,
    })
    .meta({ id: 'ListedPerson' }),
  {
    total: z
      .int()
      .optional()
      .meta({ description: 'With the first page: how many there are on all, counted to 10,001 at most.' }),
  },
)

export const person = z
  .object({
    ...personInFull,
    createdAt: moment,
    lastSignedInAt,
    places: z.array(
      z.object({
        organizationId,
        organizationName: z.string(),
        isRoot: z.boolean(),
        role: roleSchema,
        appsMax: quota,
        appsOwned: z.int().meta({ description: 'Apps they own there and below.' }),
        since: moment,
        isInherited: z.boolean(),
        abilities,
      }),
    ),
    apps: z.object({
      total: z.int(),
      named: z.array(named(appId).extend({ isRotationDue: z.boolean() })),
    }),
    authorizations: z.int().nullable(),
    groups: z.array(named(groupIdSchema)).nullable(),
    sessions: z.int().nullable().meta({ description: 'Browsers they are signed in at.' }),
    accountAbilities: abilities,
    mayBecomeOwner: z.boolean(),
  })
  .meta({ id: 'Person' })

export const addedMember = z
  .object({ membershipId: idSchema('membership', 'That is no place’s ID.'), userId })
  .meta({ id: 'AddedMember' })

export const movedApps = z
  .object({
    movedApps: z.int().meta({ description: 'Apps that went to the owner of the root organization.' }),
  })
  .meta({ id: 'MovedApps' })

const moving = z
  .object({
    total: z.int(),
    secretsDue: z.int(),
    named: z.array(named(appId).extend({ residence: z.string() })),
    newOwner: z.string(),
  })
  .meta({ id: 'MovingApps', description: 'Apps that would lose their owner, the first few by name.' })

export const memberRemovalPreview = z
  .object({
    places: z.array(z.object({ organizationId, organizationName: z.string(), role: roleSchema })),
    apps: moving,
    authorizations: z.int(),
  })
  .meta({ id: 'MemberRemovalPreview', description: 'What removing the person would do at this moment.' })

export const roleChangePreview = z
  .object({ apps: moving, isLastAdministrator: z.boolean() })
  .meta({ id: 'RoleChangePreview', description: 'What another role would do at this moment.' })

export const deletionPreview = z
  .object({
    apps: moving.nullable(),
    elsewhere: z.object({ organizations: z.int(), apps: z.int() }),
    authorizations: z.int(),
  })
  .meta({ id: 'DeletionPreview', description: 'What deleting the account would do at this moment.' })

export const endedSessions = z.object({ ended: z.int() }).meta({ id: 'EndedSessions' })

export const invitations = page(
  z
    .object({
      id: invitationIdSchema,
      email: z.string(),
      role: roleSchema,
      appsMax: quota,
      organization: named(organizationId),
      sender: z.string().nullable(),
      createdAt: moment,
      expiresAt: moment,
      state: z.enum(['open', 'expired', 'orphaned']).meta({
        description: 'Orphaned: whoever sent it may invite no more; sent again, it is good again.',
      }),
    })
    .meta({ id: 'Invitation' }),
  total,
)

export const sentInvitations = z
  .object({
    sent: z.array(z.object({ invitationId: invitationIdSchema, email: z.string() })),
    skipped: z.array(z.object({ email: z.string(), reason: z.enum(['has-a-place', 'is-invited']) })),
  })
  .meta({ id: 'SentInvitations' })

export const sentAgain = z
  .object({ invitationId: invitationIdSchema, expiresAt: moment })
  .meta({ id: 'InvitationSentAgain' })

const groupInShort = {
  id: groupIdSchema,
  name: z.string(),
  description: z.string(),
  people: z.int(),
  version: z.int(),
  createdAt: moment,
}
export const groups = page(z.object(groupInShort).meta({ id: 'ListedGroup' }), total)
export const group = z
  .object({ ...groupInShort, rootOrganizationId: organizationId })
  .meta({ id: 'Group', description: 'People of one root organization, named together.' })
export const createdGroup = z
  .object({ groupId: groupIdSchema, version: z.int() })
  .meta({ id: 'CreatedGroup' })
export const savedGroup = z.object({ version: z.int() }).meta({ id: 'SavedGroup' })
export const groupPeople = page(
  z
    .object({
      id: userId,
      fullName: z.string(),
      username: z.string(),
      email: z.string(),
      addedAt: moment,
      addedBy: z.string().nullable(),
    })
    .meta({ id: 'GroupPerson' }),
)
