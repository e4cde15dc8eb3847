import { z } from 'zod'
import { authorizedAppsFiltersSchema } from '../../domain/authorizations/schema.ts'

/** A choice in a query. What is neither would be misread. */
export const flag = z.enum(['true', 'false'], 'Say true or false.').transform((given) => given === 'true')

/** Where a list goes on: `next` of the page before. */
export const cursor = z.string().max(2000, 'That is no cursor of this list.').optional().meta({
  description: 'Where the list goes on: `next` of the page before, as it came.',
})

/** Part of what is looked for. */
export const search = z.string().max(200, 'Search for at most 200 characters.').optional()

const { shape: filters } = authorizedAppsFiltersSchema
const days = z.coerce.number()

/** The filters of the Authorizations list, as a query says them. */
export const authorizedAppsQuery = {
  search,
  scope: filters.scope,
  risk: filters.risk,
  listing: filters.listing.meta({
    description: '`not-listed`: without an entry, and not let in by being internal.',
  }),
  isInternal: flag.optional(),
  isFrozen: flag.optional(),
  isHeldToNetworks: flag.optional(),
  isDisabled: flag.optional(),
  usedWithinDays: days.pipe(filters.usedWithinDays.unwrap()).optional(),
  unusedForDays: days.pipe(filters.unusedForDays.unwrap()).optional().meta({
    description: 'Not used for so many days; one never used counts from its first authorization on.',
  }),
  isUsed: flag.optional().meta({ description: 'Whether it was ever used.' }),
  firstAuthorizedWithinDays: days.pipe(filters.firstAuthorizedWithinDays.unwrap()).optional(),
}
