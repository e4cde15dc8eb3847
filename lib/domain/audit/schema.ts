import { z } from 'zod'
import { idSchema } from '../../base/id-schema.ts'
import { ACTS, NOUNS } from './acts.ts'

/** What fits a screen and a half. */
export const PAGE_ROWS = 50
/** Names a picker shows; typing on narrows them down. */
export const FOUND_SHOWN_MAX = 20

const momentSchema = z.iso.datetime({ offset: true, error: 'A moment is written as 2026-03-14T09:26:53Z.' })

/** An event's name, or a noun for all that can happen to it. */
const actSchema = z.enum([...NOUNS, ...ACTS], 'There is no such act.')

/** What narrows the audit log down; absent: everything. */
export const eventFiltersSchema = z.object({
  /** Whoever did it. */
  personId: idSchema('user', 'That is no person’s ID.').optional(),
  /** The app it concerns, or through which it was done. */
  appId: idSchema('app', 'That is no app ID.').optional(),
  act: actSchema.optional(),
  from: momentSchema.optional(),
  /** The first moment that is no longer meant. */
  until: momentSchema.optional(),
  /** Part of the name of what it happened to. */
  search: z.string().trim().max(200, 'Search for at most 200 characters.').optional(),
})
export type EventFiltersInput = z.input<typeof eventFiltersSchema>
export type EventFilters = z.output<typeof eventFiltersSchema>

const EXPORT_FORMATS = ['csv', 'jsonl'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export const exportEventsSchema = eventFiltersSchema.extend({
  rootOrganizationId: idSchema('organization', 'That is no organization’s ID.'),
  format: z.enum(EXPORT_FORMATS, 'Choose CSV or JSON Lines.'),
})
export type ExportEventsInput = z.input<typeof exportEventsSchema>
