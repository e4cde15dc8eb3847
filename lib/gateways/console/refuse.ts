import { forbidden, notFound, redirect } from 'next/navigation'
import {
  DATABASE_AWAY,
  DATABASE_AWAY_DIGEST,
  isDatabaseAway,
  refusalIfDatabaseAway,
} from '../../base/database-away.ts'
import { log } from '../../base/log.ts'
import { isRefusal, type RefusalCode } from '../../base/refusal.ts'
import { requestIfAny } from '../../base/request-context.ts'
import { visitor } from '../../base/visitor.ts'

/** A "no" as the console passes it on: words for the person, under the field or in a notice. */
export type ConsoleRefusal = {
  code: RefusalCode | 'bug'
  sentence: string
  fields: Readonly<Record<string, string>>
  /** What was to be saved had been saved otherwise by somebody else: what is typed is kept. */
  isOvertaken?: boolean
}

/**
 * What to say of something thrown: a refusal in its own words; anything else is a bug, which is logged with the
 * request's id and shown by that id alone.
 */
export function refusalOf(error: unknown): ConsoleRefusal {
  const thrown = refusalIfDatabaseAway(error)
  if (isRefusal(thrown)) {
    const { code, sentence, fields, isOvertaken } = thrown
    return { code, sentence, fields, ...(isOvertaken ? { isOvertaken } : {}) }
  }
  const { requestId } = visitor()
  log().error({ err: thrown, requestId }, 'A request of the console failed')
  return { code: 'bug', sentence: `Something went wrong (request ${requestId ?? 'unknown'}).`, fields: {} }
}

/**
 * For pages: what the query gives, or the page that says no in its place: not found (also for an address that no page of ours
 * wrote, such as a cursor cut short), forbidden, or sign in and come back.
 * Anything else goes on to the error page, which says so where the database went away.
 */
export async function shown<T>(asked: Promise<T>, returnTo = '/'): Promise<T> {
  try {
    return await asked
  } catch (thrown) {
    if (isRefusal(thrown)) {
      if (thrown.code === 'not-found' || thrown.code === 'invalid') notFound()
      if (thrown.code === 'forbidden') forbidden()
      if (thrown.code === 'unauthenticated') redirect(signInPath(returnTo))
    }
    throw forErrorPage(thrown)
  }
}

/** What was asked for, or null where it is not there: where the rest of a page stands without it. */
export async function orNone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (thrown) {
    if (isRefusal(thrown) && thrown.code === 'not-found') return null
    throw thrown
  }
}

/**
 * For the error page: whatever was thrown, and where the database went away under the request, so that the page and the status say
 * so. It stays what it is to whoever asks `isDatabaseAway`.
 */
export function forErrorPage(thrown: unknown): unknown {
  if (!isDatabaseAway(thrown)) return thrown
  const request = requestIfAny()
  if (request) request.isDatabaseAway = true
  return Object.assign(new Error(DATABASE_AWAY, { cause: thrown }), { digest: DATABASE_AWAY_DIGEST })
}

/** The sign-in page that leads back to where the person was. */
export function signInPath(returnTo: string): string {
  return `/sign-in?returnTo=${encodeURIComponent(returnTo)}`
}
