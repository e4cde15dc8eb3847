import { z } from 'zod'

/** A choice in a query. What is neither would be misread. */
export const flag = z.enum(['true', 'false'], 'Say true or false.').transform((given) => given === 'true')

/** Where a list goes on: `next` of the page before. */
export const cursor = z.string().max(2000, 'That is no cursor of this list.').optional().meta({
  description: 'Where the list goes on: `next` of the page before, as it came.',
})

/** Part of what is looked for. */
export const search = z.string().max(200, 'Search for at most 200 characters.').optional()
