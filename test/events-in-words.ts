import { afterAll } from 'vitest'
import { wordlessFields } from './wordless-fields.ts'

/*
 * Runs after each file of database tests. Whatever an event tells, the audit log has words for: every field that any verb has
 * recorded in this worker's database, also one that came out of a spread no type looks into.
 */
const url = process.env.DATABASE_URL ?? ''

afterAll(async () => {
  const wordless = await wordlessFields(url)
  if (wordless.length > 0)
    throw new Error(`No words in components/audit/field-words.tsx for ${wordless.join(', ')}.`)
})
