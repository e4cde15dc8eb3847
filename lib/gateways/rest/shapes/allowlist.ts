import { z } from 'zod'
import { idSchema } from '../../../base/id-schema.ts'
import { LISTED_BECAUSE } from '../../../domain/allowlist/listed-because.ts'
import { requestIdSchema } from '../../../domain/allowlist/schema.ts'
import { RULES, type RuleName } from '../../../domain/authorizations/rules.ts'
import { authorizationIdSchema } from '../../../domain/authorizations/schema.ts'
import { groupIdSchema } from '../../../domain/people/schema.ts'
import { appId, moment, named, organizationId, page, scopeInWords, userId } from './shape.ts'

export const mode = z.enum(
  ['unrestricted', 'restricted', 'closed'],
  'The mode is unrestricted, restricted or closed.',
)
const entryId = idSchema('entry', 'That is no entry’s ID.')
const risk = z.enum(['low', 'medium', 'high'])

export const policy = z
  .object({
    organization: named(organizationId),
    mode,
    internalAutoApproval: z.boolean(),
    version: z.int(),
    changed: z.object({ at: moment, by: z.string().nullable() }).nullable(),
    entries: z.int(),
    waiting: z.int(),
  })
  .meta({ id: 'Policy' })

export const requestRules = z
  .object({
    grantsApprovedOnly: z.boolean().meta({
      description: 'Whether an app that asks for more than is approved is given what is, instead of nothing.',
    }),
    tellsOfRequests: z
      .boolean()
      .meta({ description: 'Whether those who answer requests are told of them by mail.' }),
    answerers: z.int().meta({ description: 'How many may answer requests: administrators and reviewers.' }),
    waiting: z.int(),
    partlyApproved: z
      .int()
      .meta({ description: 'Of those that wait: for an app of which a part is approved.' }),
  })
  .meta({ id: 'RequestRules' })

const person = { id: userId, name: z.string(), username: z.string() }

export const reviewers = page(
  z
    .object({
      ...person,
      namedAt: moment,
      namedBy: z.string().nullable(),
      isActive: z.boolean().meta({
        description:
          'Whether they still administer a business group and may sign in; otherwise it does not count.',
      }),
      isDeactivated: z.boolean(),
    })
    .meta({ id: 'RequestReviewer' }),
)

export const possibleReviewers = page(z.object(person).meta({ id: 'PossibleReviewer' }))

const outcome = z.enum([
  'will-be-listed',
  'keeps-running',
  'will-need-approval',
  'open',
  'stays-open',
  'no-new-people',
  'stays-held',
  'stays-blocked',
])

export const policyPreview = z
  .object({
    from: mode,
    to: mode,
    fingerprint: z.string().meta({
      description:
        'Hand it to the change as `expectedFingerprint`: it is refused if its effect is another by then.',
    }),
    groups: z.partialRecord(outcome, z.object({ apps: z.int(), people: z.int(), listed: z.int() })),
    listed: z.object({ apps: z.int(), internal: z.int() }),
    closes: z
      .int()
      .meta({ description: 'How many requests are closed with it: nobody has to answer them any more.' }),
    apps: z.array(
      z.object({
        appId,
        name: z.string(),
        clientId: z.string(),
        publisher: z.string(),
        isInternal: z.boolean(),
        held: z.enum(['frozen', 'disabled']).nullable(),
        people: z.int(),
        outcome,
        entry: z.array(z.string()).nullable(),
      }),
    ),
  })
  .meta({
    id: 'PolicyPreview',
    description: 'What a change of the mode does to each app, before anything is saved.',
  })

export const entry = z
  .object({
    entryId,
    appId,
    name: z.string(),
    clientId: z.string(),
    publisher: z.string(),
    isInternal: z.boolean(),
    scopes: z.array(scopeInWords),
    risk,
    beyond: z
      .array(z.string())
      .meta({ description: 'What the app may ask for that its entry does not hold.' }),
    isFrozen: z.boolean(),
    isBlocked: z.boolean(),
    isDisabled: z.boolean(),
    group: named(groupIdSchema).nullable().meta({ description: 'Whom it is for; null: everyone.' }),
    endsAt: moment.nullable(),
    version: z.int(),
    origin: z.enum(['seeded', 'request', 'administrator']),
    createdAt: moment,
    createdBy: z.string().nullable(),
    updatedAt: moment,
    updatedBy: z.string().nullable(),
  })
  .meta({ id: 'AllowlistEntry' })

export const entries = page(entry)

export const listedApp = z.object({ appId, scopes: z.array(z.string()) }).meta({ id: 'ListedApp' })

export const entryScopes = z.object({ scopes: z.array(z.string()) }).meta({
  id: 'EntryScopes',
  description: 'What the app’s entry holds now.',
})

export const entryUse = z
  .object({
    people: z
      .int()
      .meta({ description: 'Who has authorized the app: exact up to 10,000; 10,001 stands for more.' }),
    unused: z.array(z.string()).meta({ description: 'What the entry holds and nobody has granted.' }),
  })
  .meta({ id: 'EntryUse' })

const withheld = z.array(z.string()).meta({
  description: 'What is left out because it is not approved, where only approved scopes are granted.',
})

const verdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('allow'), authorizationId: authorizationIdSchema, withheld }),
  z.object({
    kind: z.literal('consent'),
    scopes: z.array(z.string()),
    granted: z.array(z.string()),
    isWidening: z.boolean(),
    entryId: entryId.nullable(),
    withheld,
  }),
  z.object({
    kind: z.literal('approval-needed'),
    missing: z.array(z.string()),
    listed: z.array(z.string()),
  }),
  z.object({ kind: z.enum(['blocked', 'paused', 'closed', 'unavailable']) }),
  z.object({ kind: z.literal('refused'), because: z.enum(['not-a-member', 'network']) }),
  z.object({ kind: z.literal('invalid-scope'), scopes: z.array(z.string()) }),
])

export const whatIf = z
  .object({
    person: named(userId),
    app: z.object({
      id: appId,
      name: z.string(),
      clientId: z.string(),
      publisher: z.string(),
      scopes: z.array(scopeInWords),
    }),
    asked: z.array(z.string()),
    counted: z.array(z.string()).meta({
      description:
        'What the rules are asked about: without what is void here, and with what is always asked for.',
    }),
    address: z
      .string()
      .nullable()
      .meta({ description: 'Where the person would come from; null where nothing was said.' }),
    verdict,
    steps: z.array(
      z.object({
        rule: z.enum(['what-is-asked', ...(Object.keys(RULES) as RuleName[])]),
        outcome: z.enum(['passed', 'decided', 'not-asked']),
        sentence: z.string(),
      }),
    ),
  })
  .meta({ id: 'WhatIf', description: 'The verdict, and every rule in the order in which it is asked.' })

export const listableApps = page(
  z
    .object({
      appId,
      name: z.string(),
      clientId: z.string(),
      publisher: z.string(),
      isListed: z.boolean(),
    })
    .meta({ id: 'ListableApp' }),
)

export const approvalRequests = page(
  z
    .object({
      requestId: requestIdSchema,
      appId,
      name: z.string(),
      publisher: z.string(),
      added: z.array(z.string()),
      isListed: z.boolean(),
      isForOthers: z
        .boolean()
        .meta({ description: 'Listed for a group, and somebody who asks is not in it.' }),
      isBlocked: z.boolean(),
      requesters: z.int(),
      requestedAt: moment.nullable(),
      expiresAt: moment,
      answer: z
        .object({
          kind: z.enum([
            'approved',
            'declined',
            'withdrawn',
            'expired',
            'blocked',
            'not-needed',
            'app-deleted',
          ]),
          at: moment,
          by: z.string().nullable(),
          isPartial: z.boolean(),
        })
        .nullable(),
    })
    .meta({ id: 'ListedApprovalRequest' }),
)

export const approvalRequest = z
  .object({
    id: requestIdSchema,
    state: z.enum([
      'open',
      'approved',
      'declined',
      'withdrawn',
      'listed',
      'expired',
      'blocked',
      'not-needed',
      'app-gone',
    ]),
    organization: named(organizationId),
    app: z.object({
      id: appId,
      name: z.string(),
      clientId: z.string(),
      publisher: z.string(),
      website: z.string().nullable(),
      redirectHosts: z.array(z.string()),
      isInternal: z.boolean(),
      isDisabled: z.boolean(),
      isOpenHere: z
        .boolean()
        .meta({ description: 'False where it became its publisher’s own: it cannot be approved.' }),
      version: z.int(),
    }),
    isBlocked: z.boolean(),
    added: z.array(scopeInWords),
    listed: z.array(scopeInWords),
    entry: z
      .object({
        since: moment,
        by: z.string().nullable(),
        endsAt: moment.nullable(),
        group: named(groupIdSchema).nullable(),
        outsiders: z.int().meta({ description: 'How many of those who ask are not in the group.' }),
      })
      .nullable(),
    changes: z.array(z.enum(['name', 'publisher', 'redirect-hosts', 'scopes'])),
    seen: z.object({ name: z.string(), publisher: z.string(), redirectHosts: z.array(z.string()) }),
    requesters: z.array(z.object({ userId, name: z.string(), reason: z.string(), requestedAt: moment })),
    requestersCount: z.int(),
    people: z.int(),
    knownSince: moment.nullable(),
    createdAt: moment,
    requestedAt: moment.nullable(),
    expiresAt: moment,
    answer: z
      .object({
        at: moment,
        by: z.string().nullable(),
        because: z.enum(LISTED_BECAUSE).nullable().meta({
          description:
            'Why it is over, where nobody answered it by itself: the app was put on the allowlist, or allowlisted for more or for others; `covered`: all who ask may use it by now.',
        }),
        reason: z.string().nullable(),
        approved: z.array(scopeInWords),
        refused: z.array(scopeInWords),
      })
      .nullable(),
  })
  .meta({ id: 'ApprovalRequest' })
