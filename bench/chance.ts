import { tokenSql } from '#db/client'

/** Words that names are made of: four hundred first ones and fifteen second ones, so that one name in fifteen has each of the latter. */
export const SYLLABLES = [
  'Led',
  'Or',
  'Frei',
  'In',
  'Pay',
  'Tick',
  'Bad',
  'Flee',
  'Quo',
  'Ar',
  'Mar',
  'Sol',
  'Ten',
  'Vil',
  'Wes',
  'Yor',
  'Zen',
  'Hal',
  'Gar',
  'Dun',
]
export const SECOND_WORDS = [
  'Sync',
  'Desk',
  'Import',
  'Bridge',
  'Portal',
  'Export',
  'Scanner',
  'Planner',
  'Console',
  'Reader',
  'Mailer',
  'Tracker',
  'Monitor',
  'Gateway',
  'Viewer',
]

/** Puts `bench_one_of(what, n, many)` into the database: one of so many, by chance, and the same at each run. */
export async function prepareChance(): Promise<void> {
  await tokenSql()`
    create or replace function bench_one_of(what text, n int, many int) returns int immutable parallel safe language sql
    return abs(hashtext(what || n::text)::bigint) % many`
}
