import { createHmac, randomBytes } from 'node:crypto'
import { headers } from 'next/headers'
import { keyFor } from '../../base/secret-key.ts'
import { sameDigest } from '../../base/secrets.ts'
import { sessionCookieOptions } from '../../base/session-cookie.ts'

/** Long enough to arrive on a slow line; after that the page is simply the page. */
const NOTICE_SECONDS = 120
const COOKIE = 'gatehouse.notice'
/** Browsers keep cookies of up to 4,096 bytes. */
export const NOTICE_TEXT_MAX = 500

/** What a page says after a plain form: the sentence, sentences per field, and what had been typed, so that nothing is typed twice. */
export type Notice = {
  sentence: string
  fields: Readonly<Record<string, string>>
  typed: Readonly<Record<string, string>>
  /** It tells of something done; otherwise of a refusal. */
  isDone?: boolean
}

/**
 * Sends a person to a page with words, by 303: back to their form, or on to where what it did is told. The words travel
 * in a short-lived signed cookie of that page, never in the URL; `?notice=` says which. Never give it a password.
 */
export function backWith(path: string, notice: Notice): Response {
  const id = randomBytes(9).toString('base64url')
  const typed = Object.fromEntries(
    Object.entries(notice.typed).map(([name, text]) => [name, text.slice(0, NOTICE_TEXT_MAX)]),
  )
  const body = Buffer.from(JSON.stringify({ ...notice, typed })).toString('base64url')
  const value = `${id}.${body}.${signatureOf(id, body).toString('base64url')}`
  const { secure } = sessionCookieOptions()
  const attributes = `Path=${path.split('?')[0]}; Max-Age=${NOTICE_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const separator = path.includes('?') ? '&' : '?'
  return new Response(null, {
    status: 303,
    headers: {
      location: `${path}${separator}notice=${id}`,
      'set-cookie': `${COOKIE}=${value}; ${attributes}`,
    },
  })
}

/** Sends a person on to where what they did is told. */
export function onWith(path: string, sentence: string): Response {
  return backWith(path, { sentence, fields: {}, typed: {}, isDone: true })
}

/** The notice a page was sent back with, if it is the one its URL names. */
export async function noticeNamed(id: string | string[] | undefined): Promise<Notice | null> {
  // Pages below one another each have their own: all of them come along, under one name.
  const pairs = (await headers()).get('cookie')?.split(/; */) ?? []
  const mine = pairs.find((pair) => typeof id === 'string' && pair.startsWith(`${COOKIE}=${id}.`))
  const [named, body = '', signature = ''] = mine?.slice(COOKIE.length + 1).split('.') ?? []
  if (!named) return null
  if (!sameDigest(Buffer.from(signature, 'base64url'), signatureOf(named, body))) return null
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Notice
}

function signatureOf(id: string, body: string): Buffer {
  return createHmac('sha256', keyFor('form-tokens')).update(`notice ${id} ${body}`).digest()
}
