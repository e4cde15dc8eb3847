import { index, jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core'
import { id, inet, moment } from '../columns.ts'

export const actorKind = pgEnum('actor_kind', ['user', 'app', 'system'])

/** A row is something that happened, written once in the transaction that did it. Keeps ids and the names of that day; references nothing. */
export const events = pgTable(
  'events',
  {
    id: id('event')().primaryKey(),
    occurredAt: moment().notNull().defaultNow(),
    name: text().notNull(),
    /** Null for what concerns the deployment as a whole. */
    rootOrganizationId: id('organization')(),
    organizationId: id('organization')(),
    actorKind: actorKind().notNull(),
    actorUserId: id('user')(),
    /** The app through which a user acted, or that acted for itself. */
    actorAppId: id('app')(),
    actorName: text().notNull(),
    appId: id('app')(),
    subjectId: text(),
    subjectName: text().notNull(),
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    ip: inet(),
    requestId: text(),
  },
  (table) => [
    index('events_of_a_root').on(table.rootOrganizationId, table.id.desc()),
    // The audit log, by person, by act and by moment.
    index('events_of_a_root_by_person').on(table.rootOrganizationId, table.actorUserId, table.id.desc()),
    index('events_of_a_root_by_name').on(table.rootOrganizationId, table.name, table.id.desc()),
    index('events_of_a_root_by_moment').on(
      table.rootOrganizationId,
      table.occurredAt.desc(),
      table.id.desc(),
    ),
    index('events_about_an_app').on(table.appId, table.id.desc()),
  ],
)
