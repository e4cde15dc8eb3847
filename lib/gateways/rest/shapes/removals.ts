import { z } from 'zod'
import { authorizationIdSchema } from '../../../domain/authorizations/schema.ts'
import { REMOVAL_KINDS } from '../../../domain/installations/schema.ts'
import { receiptId, removalId, risk } from './authorizations.ts'
import { appId, jwtsUntil, moment, named, page, scopeInWords, userId } from './shape.ts'

const fingerprint = z.string().meta({
  description: 'Given back with the act: it is refused if something else is meant by then.',
})

const ended = { authorizations: z.int(), families: z.int(), tokens: z.int() }
const removed = {
  removalId,
  kind: z.enum(REMOVAL_KINDS).meta({
    description:
      'An app for everyone, several apps, some people of one app, all of one person, or all of an app by its publisher.',
  }),
  removedAt: moment,
  removedBy: z.string(),
  isBlocked: z.boolean(),
  isCounted: z
    .boolean()
    .meta({ description: 'False while it is counted: the numbers are as far as it has come.' }),
  apps: z.int(),
  app: named(appId).nullable().meta({ description: 'The app, where it was one.' }),
  person: named(userId)
    .nullable()
    .meta({ description: 'Whose authorizations they were, where all were one person’s.' }),
  partsTotal: z.int().meta({ description: 'How many apps ended; of chosen people, how many people.' }),
}

export const removal = z
  .object({
    ...removed,
    ...ended,
    isEntryRemoved: z.boolean(),
    frozen: z.int().meta({ description: 'Of these apps, how many were frozen, and stayed so.' }),
    jwtsUntil,
    parts: z.array(z.object({ app: named(appId), person: named(userId).nullable(), ...ended })).meta({
      description:
        'The first fifty of the `partsTotal` that ended, app by app; of chosen people, person by person.',
    }),
  })
  .meta({ id: 'Removal', description: 'The receipt of a removal.' })

export const removals = page(
  z.object({ ...removed, authorizations: z.int(), tokens: z.int() }).meta({ id: 'ListedRemoval' }),
)

export const authorizingPeople = page(
  z
    .object({
      userId,
      name: z.string(),
      username: z.string(),
      isDeactivated: z.boolean(),
      apps: z
        .int()
        .meta({ description: 'How many apps may act for them, whatever the list is filtered by.' }),
      risk,
      lastUsedAt: moment.nullable(),
    })
    .meta({ id: 'AuthorizingPerson' }),
  { total: z.int().meta({ description: 'Exact up to 10,000; 10,001 stands for more.' }) },
)

export const authorizationsOfPerson = page(
  z
    .object({
      authorizationId: authorizationIdSchema,
      app: named(appId).extend({ publisher: z.string(), isInternal: z.boolean() }),
      scopes: z.array(scopeInWords),
      risk,
      isFrozen: z.boolean(),
      isDisabled: z.boolean(),
      families: z.int(),
      authorizedAt: moment,
      lastUsedAt: moment.nullable(),
    })
    .meta({ id: 'AuthorizationOfPerson' }),
  { person: named(userId).extend({ username: z.string(), isDeactivated: z.boolean() }) },
)

const endedOfPerson = { apps: z.int(), families: z.int(), tokens: z.int() }

export const personRemovalPreview = z
  .object({ person: named(userId), ...endedOfPerson, jwtsUntil, fingerprint })
  .meta({ id: 'PersonRemovalPreview' })

export const personReceipt = z
  .object({ people: z.int(), ...endedOfPerson, isExact: z.boolean(), removalId: receiptId, jwtsUntil })
  .meta({ id: 'PersonReceipt', description: 'What ended of one person.' })

export const peopleRemovalPreview = z
  .object({
    people: z.int(),
    gone: z.int().meta({ description: 'Of those chosen, how many have not authorized it any more.' }),
    families: z.int(),
    tokens: z.int(),
    jwtsUntil,
  })
  .meta({ id: 'PeopleRemovalPreview' })

export const appsStopPreview = z
  .object({
    apps: z.int(),
    leftOut: z.int().meta({
      description:
        'How many of those chosen the act leaves as they are: frozen already, not frozen, or only frozen and with nothing left to remove.',
    }),
    frozen: z.int().meta({ description: 'Of those it is about, how many are frozen.' }),
    authorizations: z.int(),
    families: z.int(),
    tokens: z.int(),
    isExact: z
      .boolean()
      .meta({ description: 'False from 10,000 authorizations on: the numbers are the least there can be.' }),
    jwtsUntil,
    names: z.array(z.string()).meta({ description: 'The first twenty by name.' }),
    fingerprint,
  })
  .meta({ id: 'AppsStopPreview' })

export const appsReceipt = z
  .object({
    apps: z.int(),
    removalId: receiptId,
    isBlocked: z.boolean(),
    frozen: z.int().meta({ description: 'How many of them were frozen, and stay so.' }),
    jwtsUntil,
  })
  .meta({ id: 'AppsReceipt', description: 'What was removed; the receipt counts what that ended.' })

export const frozenApps = z
  .object({
    apps: z.int().meta({ description: 'How many were not frozen before.' }),
    frozenAt: moment.nullable().meta({
      description: 'When: unfreezing with it takes just that back. Null where all were frozen already.',
    }),
    jwtsUntil,
  })
  .meta({ id: 'FrozenApps' })

export const unfrozenApps = z.object({ apps: z.int() }).meta({ id: 'UnfrozenApps' })
