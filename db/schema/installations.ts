import { index, integer, pgTable, unique } from 'drizzle-orm/pg-core'
import { id, moment } from '../columns.ts'
import { connectedApps } from './connected-apps.ts'
import { organizations } from './organizations.ts'
import { users } from './users.ts'

/** A row is a root organization's standing on an app: its states and its epoch. Made with the first authorization, freeze or block; never deleted. */
export const installations = pgTable(
  'installations',
  {
    id: id('installation')().primaryKey(),
    rootOrganizationId: id('organization')()
      .notNull()
      .references(() => organizations.id),
    appId: id('app')()
      .notNull()
      .references(() => connectedApps.id),
    /** Authorizations carry the number of their day and live while it is this one. */
    epoch: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    lastUsedAt: moment(),
    /** Until when, to the full minute, a JWT access token for its people may be accepted by an API that does not ask. */
    jwtsUntil: moment(),
    frozenAt: moment(),
    frozenBy: id('user')().references(() => users.id),
    blockedAt: moment(),
    blockedBy: id('user')().references(() => users.id),
  },
  (table) => [
    unique('installations_once_per_root_organization').on(table.rootOrganizationId, table.appId),
    index('installations_of_an_app').on(table.appId),
    // The Authorizations list, by last use.
    index('installations_of_a_root_by_last_use').on(
      table.rootOrganizationId,
      table.lastUsedAt.desc().nullsLast(),
      table.id.desc(),
    ),
  ],
)
