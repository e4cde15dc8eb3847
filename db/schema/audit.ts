import { sql } from 'drizzle-orm'
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
    /** The name of the app through which a user acted. */
    actorAppName: text(),
    appId: id('app')(),
    subjectId: text(),
    subjectName: text().notNull(),
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    ip: inet(),
    requestId: text(),
  },
  (table) => [
    index('events_of_a_root').on(table.rootOrganizationId, table.id.desc()),
    // The audit log, by person and by act; ids sort by time, so a time range is a range of ids in any of them.
    index('events_of_a_root_by_person').on(table.rootOrganizationId, table.actorUserId, table.id.desc()),
    index('events_of_a_root_by_name').on(table.rootOrganizationId, table.name, table.id.desc()),
    index('events_about_an_app').on(table.appId, table.id.desc()),
    // The audit log of what was done through an app, or by it.
    index('events_by_an_app')
      .on(table.actorAppId, table.id.desc())
      .where(sql`${table.actorAppId} is not null`),
  ],
)
