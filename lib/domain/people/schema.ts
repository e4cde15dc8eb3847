import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { sliceSchema } from '../../base/slice.ts'
import { isVisible, isVisibleText, UNSEEN_SENTENCE } from '../../base/visible-text.ts'
import {
  appsMaxSchema,
  isQuotaOfDeveloper,
  organizationIdSchema,
  QUOTA_OF_ANOTHER,
  roleSchema,
} from '../organizations/schema.ts'
import { emailSchema, fullNameSchema, passwordSchema, userIdSchema, usernameSchema } from '../users/schema.ts'

/** What fits a screen and a half. */
export const PEOPLE_SHOWN_MAX = 50
/** Longer than a holiday weekend, shorter than anyone forgets whom they invited. */
export const INVITATION_DAYS = 7
/** A team at once; a list of a thousand is for a script. */
export const ADDRESSES_AT_ONCE_MAX = 20
/** Nobody's mailbox is filled: so many invitations of one root organization reach one address in a day. */
export const MAILS_PER_ADDRESS_MAX = 3
/** A root organization that is a sudden source of mail is stopped before others stop us. */
export const INVITATIONS_PER_DAY_MAX = 500
/** More groups than anyone tells apart. */
export const GROUPS_PER_ROOT_MAX = 1000
/** As many as a person chooses at once. */
const GROUP_PEOPLE_AT_ONCE_MAX = 100

export type PersonState = 'active' | 'deactivated' | 'guest'

const cursorSchema = z.string().max(2000).nullish()
const searchSchema = z.string().max(200, 'A search has at most 200 characters.').optional()

/** What the list of people shows, on however many pages. */
export const wantedPeopleSchema = z.strictObject({
  organizationId: organizationIdSchema,
  /** Part of a name, a username or an e-mail address. */
  search: searchSchema,
  filters: z
    .strictObject({
      role: roleSchema.optional(),
      /** Only who has a place in this business group or below it. */
      placeId: organizationIdSchema.optional(),
      state: z.enum(['active', 'deactivated', 'guest'], 'Choose active, deactivated or guest.').optional(),
    })
    .default({}),
})
export type WantedPeople = z.output<typeof wantedPeopleSchema>

export const countPeopleSchema = wantedPeopleSchema.extend({
  /** To the last one, for callers who count rows; otherwise to 10,001. */
  isExact: z.boolean().default(false),
})
export type CountPeopleInput = z.input<typeof countPeopleSchema>

export const listPeopleSchema = wantedPeopleSchema.extend({
  cursor: cursorSchema,
  /** In place of a page: these rows. */
  slice: sliceSchema.optional(),
})
export type ListPeopleInput = z.input<typeof listPeopleSchema>

export const invitationIdSchema = idSchema('invitation', 'That is no invitation’s ID.')

/** What an invitation says, besides where to. */
export const invitationFields = z.strictObject({
  emails: z
    .array(emailSchema)
    .min(1, 'Name at least one e-mail address.')
    .max(ADDRESSES_AT_ONCE_MAX, `Invite at most ${ADDRESSES_AT_ONCE_MAX} people at once.`),
  role: roleSchema,
  appsMax: appsMaxSchema.nullish(),
})
export const sendInvitationsSchema = invitationFields
  .extend({ organizationId: organizationIdSchema })
  .refine(isQuotaOfDeveloper, QUOTA_OF_ANOTHER)
export type SendInvitationsInput = z.input<typeof sendInvitationsSchema>

export const invitationSchema = z.strictObject({ invitationId: invitationIdSchema })
export type InvitationInput = z.input<typeof invitationSchema>

export const listInvitationsSchema = z.strictObject({
  organizationId: organizationIdSchema,
  search: searchSchema,
  cursor: cursorSchema,
})
export type ListInvitationsInput = z.input<typeof listInvitationsSchema>

/** What a link carries: 256 random bits. Whatever else somebody types is simply no invitation. */
const invitationTokenSchema = z.string().max(200)

export const acceptInvitationSchema = z.strictObject({ token: invitationTokenSchema })
export type AcceptInvitationInput = z.input<typeof acceptInvitationSchema>

export const joinByInvitationSchema = z.strictObject({
  token: invitationTokenSchema,
  fullName: fullNameSchema,
  username: usernameSchema,
  password: passwordSchema,
})
export type JoinByInvitationInput = z.input<typeof joinByInvitationSchema>

export const groupIdSchema = idSchema('group', 'That is no group’s ID.')

const groupNameSchema = z
  .string()
  .trim()
  .min(1, 'A group has a name.')
  .max(100, 'A name has at most 100 characters.')
  .refine(isVisible, UNSEEN_SENTENCE)
const groupDescriptionSchema = z
  .string()
  .trim()
  .max(1000, 'A description has at most 1,000 characters.')
  .refine(isVisibleText, UNSEEN_SENTENCE)

export const createGroupSchema = z.strictObject({
  rootOrganizationId: organizationIdSchema,
  name: groupNameSchema,
  description: groupDescriptionSchema.default(''),
})
export type CreateGroupInput = z.input<typeof createGroupSchema>

export const updateGroupSchema = z.strictObject({
  groupId: groupIdSchema,
  /** What was read: a save over somebody's newer one is refused. */
  version: z.number().int(),
  name: groupNameSchema.optional(),
  description: groupDescriptionSchema.optional(),
})
export type UpdateGroupInput = z.input<typeof updateGroupSchema>

export const deleteGroupSchema = z.strictObject({ groupId: groupIdSchema })
export type DeleteGroupInput = z.input<typeof deleteGroupSchema>

export const addToGroupSchema = z.strictObject({
  groupId: groupIdSchema,
  userIds: z
    .array(userIdSchema)
    .min(1, 'Name at least one person.')
    .max(GROUP_PEOPLE_AT_ONCE_MAX, `Add at most ${GROUP_PEOPLE_AT_ONCE_MAX} people at once.`),
})
export type AddToGroupInput = z.input<typeof addToGroupSchema>

export const removeFromGroupSchema = z.strictObject({ groupId: groupIdSchema, userId: userIdSchema })
export type RemoveFromGroupInput = z.input<typeof removeFromGroupSchema>

export const listGroupsSchema = z.strictObject({
  rootOrganizationId: organizationIdSchema,
  search: searchSchema,
  cursor: cursorSchema,
})
export type ListGroupsInput = z.input<typeof listGroupsSchema>

export const listGroupPeopleSchema = z.strictObject({
  groupId: groupIdSchema,
  search: searchSchema,
  cursor: cursorSchema,
})
export type ListGroupPeopleInput = z.input<typeof listGroupPeopleSchema>
