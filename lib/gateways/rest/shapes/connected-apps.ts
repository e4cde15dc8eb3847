import { z } from 'zod'
import { keyIdSchema, secretIdSchema } from '../../../domain/connected-apps/credentials-schema.ts'
import { environmentIdSchema } from '../../../domain/organizations/schema.ts'
import { markCause } from './mark-cause.ts'
import { abilities, appId, jwtsUntil, moment, named, organizationId, page, person } from './shape.ts'

const residence = z.object({ id: organizationId, name: z.string(), isRoot: z.boolean() })
const actsAs = z.enum(['user', 'itself'])
const clientType = z.enum(['server', 'browser', 'native'])
const audience = z.enum(['internal', 'everyone'])
const origin = z.enum(['console', 'api', 'dynamic-registration'])
const warnings = z
  .record(z.string(), z.string())
  .meta({ description: 'What is allowed but risky, by field.' })

const rotationDueBecause = markCause.nullable().meta({
  description: 'What marked it, where that is known: its owner changed, or nobody took a new secret along.',
})

const logo = z
  .string()
  .nullable()
  .meta({ description: 'The digest of its logo, served at /logos/{digest}.png; null where it has none.' })

export const ownedApps = page(
  z
    .object({
      id: appId,
      clientId: z.string(),
      rootOrganizationId: organizationId,
      name: z.string(),
      logo,
      actsAs,
      clientType,
      residence,
      owner: person,
      state: z.enum(['enabled', 'disabled']),
      audience,
      origin,
      scopesCount: z.int(),
      rotationDueSince: moment.nullable(),
      rotationDueBecause,
      secrets: z.object({
        live: z.int(),
        newestAt: z.string().nullable(),
        firstEndsAt: z.string().nullable(),
        unused: z.int().meta({ description: 'Never used, and made longer ago than any overlap lasts.' }),
      }),
      createdAt: moment,
      lastUsedAt: moment.nullable(),
      abilities,
    })
    .meta({ id: 'OwnedApp', description: 'An app as a line of Owned Apps.' }),
  {
    total: z
      .int()
      .optional()
      .meta({ description: 'With the first page: how many there are on all, counted to 10,001 at most.' }),
    rotationDue: z.int().optional().meta({
      description: 'With the first page: how many should have their secret rotated, counted alike.',
    }),
  },
)

const secretStory = z
  .object({
    id: secretIdSchema,
    name: z.string(),
    lastFour: z.string(),
    source: z.enum(['generated', 'chosen']),
    createdBy: z.string().nullable(),
    createdAt: moment,
    expiresAt: moment.nullable(),
    endedAt: moment.nullable(),
    endedBy: z.string().nullable(),
    lastUsedAt: moment.nullable(),
    lastUsedIp: z.string().nullable(),
    isLive: z.boolean(),
    isSafeToEnd: z
      .boolean()
      .meta({ description: 'A newer secret took over: nobody seems to need this one.' }),
    outlivesRule: z.boolean().meta({ description: 'It lives longer than the organization lets a new one.' }),
  })
  .meta({ id: 'SecretStory', description: 'All that is known of a secret. Its value is nowhere.' })

export const secretStories = page(secretStory)

const keyStory = z
  .object({
    id: keyIdSchema,
    name: z.string(),
    kid: z.string(),
    kind: z.string().meta({ examples: ['RSA, 2048 bits', 'P-256'] }),
    createdBy: z.string().nullable(),
    createdAt: moment,
    expiresAt: moment.nullable(),
    endedAt: moment.nullable(),
    endedBy: z.string().nullable(),
    lastUsedAt: moment.nullable(),
    lastUsedIp: z.string().nullable(),
    isLive: z.boolean(),
  })
  .meta({ id: 'KeyStory', description: 'A public key that an app may sign with.' })

export const keyStories = page(keyStory)

export const addedKeys = z
  .object({ keys: z.array(z.object({ keyId: keyIdSchema, kid: z.string() })) })
  .meta({ id: 'AddedKeys' })

export const publishedKeys = z
  .object({
    jwksUri: z.string().nullable(),
    problem: z.string().nullable().meta({
      description:
        'Why they could not be read anew; null when all is well. What was read within the last hour counts all the same.',
    }),
    fetchedAt: moment.nullable(),
    readAt: moment.nullable().meta({ description: 'When the oldest of these keys was read.' }),
    keys: z.array(z.object({ kid: z.string(), kind: z.string() })),
  })
  .meta({ id: 'PublishedKeys' })

const context = z
  .object({
    scope: z.string(),
    organization: named(organizationId),
    environment: named(environmentIdSchema).nullable(),
  })
  .meta({ id: 'Context', description: 'Where an app acting for itself may use a scope.' })

export const contexts = page(context)

export const connectedApp = z
  .object({
    id: appId,
    clientId: z.string(),
    version: z.int(),
    name: z.string(),
    description: z.string(),
    website: z.string().nullable(),
    actsAs,
    clientType,
    grantTypes: z.array(z.string()),
    redirectUris: z.array(z.string()),
    initiateLoginUri: z.string().nullable(),
    jwksUri: z.string().nullable(),
    audience,
    scopes: z.array(z.string()),
    requiresPkce: z.boolean(),
    introspectsOrganization: z.boolean(),
    origin,
    createdAt: moment,
    updatedAt: moment,
    lastUsedAt: moment.nullable(),
    rotationDueSince: moment.nullable(),
    rotationDueBecause,
    disabledAt: moment.nullable(),
    rootOrganizationId: organizationId,
    logo,
    residence,
    owner: person,
    createdBy: person.nullable(),
    updatedBy: person.nullable(),
    disabledBy: person.nullable(),
    registeredBy: named(appId).nullable(),
    secrets: z.array(secretStory),
    keys: z.array(keyStory),
    secretDaysMax: z.int().nullable().meta({ description: 'The days a new secret may live at most.' }),
    contexts: z.array(context),
    usage: z
      .object({ organizations: z.int(), people: z.int() })
      .meta({ description: 'Live authorizations, counted to 10,001 at most.' }),
    abilities,
  })
  .meta({ id: 'ConnectedApp', description: 'An app with all its settings and the story of its secrets.' })

export const createdApp = z
  .object({
    appId,
    clientId: z.string(),
    secret: z.string().nullable().meta({
      description:
        'Shown this once; null for an app that keeps none, and where the same `Idempotency-Key` comes again.',
    }),
    warnings,
    version: z.int(),
  })
  .meta({ id: 'CreatedApp' })

export const savedApp = z
  .object({ version: z.int(), warnings: warnings.optional() })
  .meta({ id: 'SavedApp', description: 'The version that is current now.' })

export const appMovePreview = z
  .object({
    administratorsGaining: z.number().meta({ description: 'Administrators who look after it by then.' }),
    administratorsLosing: z.number().meta({ description: 'Administrators who look after it no more.' }),
  })
  .meta({ id: 'AppMovePreview' })

export const newSecret = z
  .object({
    secretId: secretIdSchema,
    secret: z.string().nullable().meta({
      description: 'Shown this once; null where the same `Idempotency-Key` comes again: it is kept nowhere.',
    }),
    expiresAt: moment.nullable(),
    jwtsUntil,
  })
  .meta({ id: 'NewSecret' })

export const stoppedApp = z.object({ jwtsUntil }).meta({ id: 'StoppedApp' })

export const possibleOwners = page(
  person.extend({ role: z.enum(['administrator', 'developer']) }).meta({ id: 'PossibleOwner' }),
)

export const appOwners = page(person.meta({ id: 'AppOwner' }))

export const bulkReceipt = z
  .object({
    changed: z.int(),
    unchanged: z.int().meta({ description: 'Are already as wanted.' }),
    usedToday: z.int().meta({ description: 'Of those changed, how many were used within the last day.' }),
    refused: z
      .array(z.object({ appId, name: z.string(), sentence: z.string() }))
      .meta({ description: 'The first fifty that stay as they are, each with the reason.' }),
    refusedCount: z.int(),
    jwtsUntil,
  })
  .meta({ id: 'BulkReceipt', description: 'What an act on many apps did, or as a preview would do.' })
