import { z } from 'zod'
import { idSchema } from '../../../base/id-schema.ts'
import { HELD_BECAUSE } from '../../../domain/authorizations/list-my-authorizations.ts'
import { authorizationIdSchema } from '../../../domain/authorizations/schema.ts'
import { NETWORK_MODES } from '../../../domain/installations/network-limit.ts'
import { appId, jwtsUntil, moment, named, organizationId, page, scopeInWords, userId } from './shape.ts'

export const risk = z.enum(['low', 'medium', 'high'])
const listing = z.enum(['listed', 'asks-more', 'internal', 'not-listed', 'no-entry'])
const effect = {
  people: z.int(),
  families: z.int(),
  tokens: z.int(),
  isExact: z.boolean().meta({
    description:
      'False where there are more people than were looked at: families and tokens are the least there can be. People are exact up to 10,000 before a removal.',
  }),
}

const networkLimit = {
  mode: z.enum(NETWORK_MODES),
  networks: z.array(z.string()),
}

export const authorizedApps = page(
  z
    .object({
      appId,
      name: z.string(),
      clientId: z.string(),
      publisher: z.string(),
      isInternal: z.boolean(),
      people: z.int().meta({ description: 'Exact up to 10,000; 10,001 stands for more.' }),
      scopes: z.int(),
      risk,
      listing,
      isFrozen: z.boolean(),
      isDisabled: z.boolean(),
      firstUsedAt: moment.nullable(),
      lastUsedAt: moment.nullable(),
    })
    .meta({ id: 'ListedAuthorizedApp' }),
  {
    total: z
      .int()
      .meta({ description: 'How many there are on all pages: exact up to 10,000, 10,001 stands for more.' }),
    byLastUse: z
      .object({ week: z.int(), month: z.int(), quarter: z.int(), longer: z.int(), never: z.int() })
      .meta({
        description: 'How many were last used less than 7, 30 and 90 days ago, longer ago, and never.',
      }),
  },
)

export const authorizedApp = z
  .object({
    app: named(appId).extend({
      clientId: z.string(),
      description: z.string(),
      website: z.string().nullable(),
      publisher: z.string(),
      isInternal: z.boolean(),
      owner: z.string().nullable(),
      isDisabled: z.boolean(),
    }),
    isFrozen: z.boolean(),
    isBlocked: z.boolean(),
    networks: z.object(networkLimit),
    listing,
    entry: z
      .object({
        scopes: z.array(z.string()),
        origin: z.enum(['seeded', 'request', 'administrator']),
        since: moment,
        by: z.string().nullable(),
      })
      .nullable(),
    scopes: z.array(scopeInWords),
    risk,
    ...effect,
    firstUsedAt: moment.nullable(),
    lastUsedAt: moment.nullable(),
  })
  .meta({ id: 'AuthorizedApp', description: 'What one app does in the organization, and who let it.' })

export const peopleOfApp = page(
  z
    .object({
      authorizationId: authorizationIdSchema,
      userId,
      name: z.string(),
      username: z.string(),
      isDeactivated: z.boolean(),
      scopes: z.array(z.string()),
      families: z.int(),
      authorizedAt: moment,
      lastUsedAt: moment.nullable(),
    })
    .meta({ id: 'PersonOfApp' }),
)

export const removalPreview = z
  .object({
    ...effect,
    jwtsUntil,
    app: named(appId),
    organization: named(organizationId),
    isBlocked: z.boolean(),
    isFrozen: z.boolean(),
    isListed: z.boolean(),
  })
  .meta({ id: 'RemovalPreview', description: 'What a removal would end at this moment.' })

export const removalId = idSchema('removal', 'That is no removal’s ID.')
export const receiptId = removalId.nullable().meta({
  description: 'Names the receipt, on which all that ended is counted; null where nothing ended.',
})

export const endedFamily = z.object({ jwtsUntil }).meta({ id: 'EndedTokenFamily' })

export const receipt = z
  .object({ ...effect, removalId: receiptId, jwtsUntil })
  .meta({ id: 'Receipt', description: 'What ended.' })

export const removalReceipt = z
  .object({
    ...effect,
    removalId: receiptId,
    jwtsUntil,
    isBlocked: z.boolean(),
    isFrozen: z.boolean(),
    isEntryRemoved: z.boolean(),
  })
  .meta({ id: 'RemovalReceipt', description: 'What ended, and how the app stands now.' })

export const frozen = z.object({ jwtsUntil }).meta({ id: 'Frozen' })

export const blocked = z.object({ removalId: receiptId }).meta({ id: 'Blocked' })

export const networks = z
  .object({
    ...networkLimit,
    version: z.int(),
    ownAddress: z.string().nullable().meta({ description: 'Where this request came from.' }),
  })
  .meta({ id: 'Networks', description: 'From where an app may be used in the organization.' })

export const tokenFamilies = page(
  z
    .object({
      familyId: idSchema('tokenFamily', 'That is no token family’s ID.'),
      startedAt: moment,
      ip: z.string().nullable(),
      userAgent: z.string().nullable(),
      scopes: z.array(z.string()),
      lastUsedAt: moment.nullable(),
      tokens: z.int(),
      endsAt: moment,
    })
    .meta({ id: 'TokenFamily', description: 'All tokens that came from one code or device code.' }),
)

export const blockedApps = page(
  z
    .object({
      appId,
      name: z.string(),
      clientId: z.string(),
      publisher: z.string(),
      isInternal: z.boolean(),
      blockedAt: moment,
      blockedBy: z.string().nullable(),
    })
    .meta({ id: 'BlockedApp' }),
  { total: z.int().meta({ description: 'All that match: exact up to 10,000; 10,001 stands for more.' }) },
)

export const myAuthorizations = page(
  z
    .object({
      authorizationId: authorizationIdSchema,
      app: named(appId).extend({ publisher: z.string(), website: z.string().nullable() }),
      organization: named(organizationId),
      scopes: z.array(scopeInWords),
      isHeld: z.boolean().meta({ description: 'Whether none of its tokens works for now.' }),
      heldBecause: z.enum(HELD_BECAUSE).nullable().meta({
        description:
          'Why: your organization or the publisher is suspended, or an administrator stopped the app.',
      }),
      isHeldToNetworks: z
        .boolean()
        .meta({ description: 'Whether it works only from some networks of the organization.' }),
      authorizedAt: moment,
      lastUsedAt: moment.nullable(),
      families: z
        .array(
          z.object({
            familyId: idSchema('tokenFamily', 'That is no token family’s ID.'),
            startedAt: moment,
            ip: z.string().nullable(),
            userAgent: z.string().nullable(),
            lastUsedAt: moment.nullable(),
          }),
        )
        .meta({ description: 'Where it was signed in from, the newest ten.' }),
      moreFamilies: z.boolean(),
    })
    .meta({ id: 'MyAuthorization' }),
  {
    nearLimit: z
      .array(z.object({ organization: named(organizationId), live: z.number(), max: z.number() }))
      .meta({ description: 'Organizations where four fifths of the apps that may act for the person do.' }),
  },
)
