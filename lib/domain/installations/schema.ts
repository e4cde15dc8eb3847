import { z } from 'zod'
import { networkIn } from '../../base/cidr.ts'
import type { Id } from '../../base/ids.ts'
import { appIdSchema } from '../connected-apps/schema.ts'
import { organizationIdSchema } from '../organizations/schema.ts'
import { NETWORK_MODES } from './network-limit.ts'

/** Names an app as one root organization sees it. */
export const installationOfSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  appId: appIdSchema,
})
export type InstallationOf = z.input<typeof installationOfSchema>

/** So many networks may be said of one app. */
export const NETWORKS_MAX = 100

const networkSchema = z.string().transform((text, context) => {
  const network = networkIn(text)
  if (network) return network
  context.addIssue({
    code: 'custom',
    message: `“${text.slice(0, 50)}” is no network, such as 203.0.113.0/24 or 2001:db8::/32.`,
  })
  return z.NEVER
})

export const networkLimitSchema = z.object({
  mode: z.enum(NETWORK_MODES, 'Choose off, enforce or enforce-except-refresh.'),
  networks: z
    .array(networkSchema, 'Name the networks in a list.')
    .max(NETWORKS_MAX, `Say at most ${NETWORKS_MAX} networks.`)
    .transform((networks) => [...new Set(networks)]),
  /** Of the networks the save began from. */
  version: z.int().min(0),
})

export const setNetworksSchema = installationOfSchema
  .extend(networkLimitSchema.shape)
  .refine(({ mode, networks }) => mode === 'off' || networks.length > 0, {
    path: ['networks'],
    error: 'Say at least one network. Without one, nobody could use the app.',
  })
export type SetNetworksInput = z.input<typeof setNetworksSchema>

/**
 * What a removal ends: live people, tokens that could still be used, and the families they are in. Where there are more
 * people than were looked at, it is not exact: `people` is one more than that, unless they are known otherwise, and the others
 * are at least so many.
 */
export type Effect = { people: number; families: number; tokens: number; isExact: boolean }

/**
 * So many people are looked at for what a removal would end, so that asking costs the same however many use the app. How
 * many they are is known from tallies.
 */
export const PREVIEW_COUNTED_MAX = 500

/** So many people a removal counts while others wait for it, so that ending a million tokens takes as long as ending ten. */
export const RECEIPT_COUNTED_MAX = 100

/**
 * What a removal ended, as far as it was counted at once; `removalId` names the receipt on which a job counts it to the
 * end, null where nothing ended. `jwtsUntil`: until when JWT access tokens that are out may still be accepted by an API
 * that does not ask; null where there are none.
 */
export type Receipt = Effect & { removalId: Id<'removal'> | null; jwtsUntil: Date | null }

/** An app for everyone, several apps, some people of one app, all of one person, or everything, by the publisher. */
export const REMOVAL_KINDS = ['app', 'apps', 'people', 'person', 'publisher'] as const
export type RemovalKind = (typeof REMOVAL_KINDS)[number]

/** How many blocked apps are shown at once. */
export const BLOCKED_SHOWN_MAX = 50

/** How many receipts, or parts of one, are shown at once. */
export const REMOVALS_SHOWN_MAX = 50
