import { z } from 'zod'
import { isAddress } from '../../base/cidr.ts'
import { idSchema } from '../../base/id-schema.ts'
import { appIdSchema, scopeNamesSchema } from '../connected-apps/schema.ts'
import { installationOfSchema, type Receipt } from '../installations/schema.ts'
import { organizationIdSchema } from '../organizations/schema.ts'

/** What fits a screen and a half. */
export const PAGE_ROWS = 50

/** Longer ago than that, Gatehouse remembers no use. */
const DAYS_MAX = 3_650
const daysSchema = z
  .number()
  .int()
  .min(1, 'Count in days, from one on.')
  .max(DAYS_MAX, `Count at most ${DAYS_MAX.toLocaleString('en')} days.`)

/** What the Authorizations list can be narrowed down by. `not-listed`: without an entry, and not let in by being internal. */
export const authorizedAppsFiltersSchema = z.strictObject({
  search: z.string().max(200, 'Search for at most 200 characters.').optional(),
  /** Held by somebody’s live authorization. */
  scope: z.string().max(200).optional(),
  /** The highest of what live authorizations hold. */
  risk: z.enum(['low', 'medium', 'high']).optional(),
  listing: z.enum(['listed', 'asks-more', 'internal', 'not-listed']).optional(),
  isInternal: z.boolean().optional(),
  isFrozen: z.boolean().optional(),
  /** To be used only from some networks. */
  isHeldToNetworks: z.boolean().optional(),
  isDisabled: z.boolean().optional(),
  usedWithinDays: daysSchema.optional(),
  /** Not since; one never used counts from its first authorization on. */
  unusedForDays: daysSchema.optional(),
  /** Whether it was ever used. */
  isUsed: z.boolean().optional(),
  firstAuthorizedWithinDays: daysSchema.optional(),
})
export type AuthorizedAppsFilters = z.infer<typeof authorizedAppsFiltersSchema>

export const authorizationIdSchema = idSchema('authorization', 'That is no authorization’s ID.')

export const authorizeAppSchema = z.object({
  appId: appIdSchema,
  rootOrganizationId: organizationIdSchema,
  scopes: scopeNamesSchema,
})
export type AuthorizeAppInput = z.input<typeof authorizeAppSchema>

export const NOT_AN_ADDRESS = 'That is no IP address.'

export const whatIfSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  userId: idSchema('user', 'That is no person’s ID.'),
  clientId: z.string().trim().min(1, 'The client ID is needed.').max(2000, 'That is no client ID.'),
  /** Absent: all of the app's. */
  scopes: scopeNamesSchema.optional(),
  /** Where the person would come from. Absent: from an address that nobody knows. */
  address: z.string().trim().refine(isAddress, NOT_AN_ADDRESS).nullish().default(null),
})
export type WhatIfInput = z.input<typeof whatIfSchema>

export const removeAuthorizationSchema = z.object({ authorizationId: authorizationIdSchema })
export type RemoveAuthorizationInput = z.input<typeof removeAuthorizationSchema>

export const removeTokenFamilySchema = removeAuthorizationSchema.extend({
  familyId: idSchema('tokenFamily', 'That is no token family’s ID.'),
})
export type RemoveTokenFamilyInput = z.input<typeof removeTokenFamilySchema>

export const listAuthorizingPeopleSchema = z.strictObject({
  rootOrganizationId: organizationIdSchema,
  search: z.string().max(200, 'Search for at most 200 characters.').optional(),
  /** Only those with a live authorization of this app. */
  appId: appIdSchema.optional(),
  /** Only those with an authorization not used for so many days; one never used counts from when it was given. */
  unusedForDays: daysSchema.optional(),
  sort: z.enum(['name', 'last-used', 'apps'], 'Sort by name, by last-used or by apps.').default('name'),
  cursor: z.string().nullish(),
})
export type ListAuthorizingPeopleInput = z.input<typeof listAuthorizingPeopleSchema>

/** What a preview told of what an act would do, given back with it. */
const expectedFingerprintSchema = z.string().max(100).optional()

export const removeAllOfPersonSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  userId: idSchema('user', 'That is no person’s ID.'),
  expectedFingerprint: expectedFingerprintSchema,
})
export type RemoveAllOfPersonInput = z.input<typeof removeAllOfPersonSchema>

/** So many apps are chosen one by one: their ids stand in an address. All that match are named by what they match. */
export const CHOSEN_APPS_MAX = 200
/** What one act may stop at once: one transaction holds them all. */
export const STOPPED_APPS_MAX = 10_000

/** Apps of the Authorizations list: chosen ones, or all that match filters. */
export const authorizedAppsSelectionSchema = z
  .strictObject({
    appIds: z
      .array(appIdSchema)
      .max(CHOSEN_APPS_MAX, `Choose at most ${CHOSEN_APPS_MAX} apps, or all that match.`)
      .optional(),
    matching: authorizedAppsFiltersSchema.optional(),
  })
  .refine(
    ({ appIds, matching }) => (appIds === undefined) !== (matching === undefined),
    'Name the apps, or what they match.',
  )
  .meta({ examples: [{ appIds: ['app_01k9f7q2zre5tbm0w4h8xv6cjd'] }] })
export type AuthorizedAppsSelection = z.input<typeof authorizedAppsSelectionSchema>

/** What can be done with several apps at once: three ways to stop them, and one to let them go on. */
export const STOP_ACTS = ['freeze', 'unfreeze', 'remove', 'block'] as const
export type StopAct = (typeof STOP_ACTS)[number]

const selectedAppsSchema = z.strictObject({
  rootOrganizationId: organizationIdSchema,
  selection: authorizedAppsSelectionSchema,
})

export const previewAppsStopSchema = selectedAppsSchema.extend({ act: z.enum(STOP_ACTS).default('remove') })
export type PreviewAppsStopInput = z.input<typeof previewAppsStopSchema>

export const freezeAppsSchema = selectedAppsSchema.extend({
  expectedFingerprint: expectedFingerprintSchema,
})
export type FreezeAppsInput = z.input<typeof freezeAppsSchema>

export const unfreezeAppsSchema = freezeAppsSchema.extend({
  /** Only what the caller froze at this moment, as freezing them answered it: takes that back and nothing else. */
  frozenAt: z.iso
    .datetime({ offset: true, error: 'A moment is written as 2027-03-14T09:26:53Z.' })
    .transform((moment) => new Date(moment))
    .optional(),
})
export type UnfreezeAppsInput = z.input<typeof unfreezeAppsSchema>

export const removeAppsSchema = freezeAppsSchema.extend({
  /** Refuse the apps from now on, too. */
  alsoBlock: z.boolean().default(false),
})
export type RemoveAppsInput = z.input<typeof removeAppsSchema>

export const CHOSEN_PEOPLE_MAX = 200
export const chosenPeopleSchema = z.strictObject({
  rootOrganizationId: organizationIdSchema,
  appId: appIdSchema,
  authorizationIds: z
    .array(authorizationIdSchema)
    .min(1, 'Choose somebody.')
    .max(CHOSEN_PEOPLE_MAX, `Choose at most ${CHOSEN_PEOPLE_MAX} people.`),
})
export type ChosenPeopleInput = z.input<typeof chosenPeopleSchema>

export const removeForEveryoneSchema = installationOfSchema.extend({
  /** Refuse the app from now on, too. */
  alsoBlock: z.boolean().default(false),
  /** Take the app off the allowlist, too. */
  alsoRemoveEntry: z.boolean().default(false),
})
export type RemoveForEveryoneInput = z.input<typeof removeForEveryoneSchema>

/** What a removal for everyone ended, and how the app stands now. */
export type RemovalReceipt = Receipt & { isBlocked: boolean; isFrozen: boolean; isEntryRemoved: boolean }
