import { promises as dns, type LookupAddress } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

const SECONDS_MAX = 5

type Bounds = {
  bytesMax: number
  /** How long is waited, from the look-up of the name to the last byte. */
  deadline?: AbortSignal
}

/** Why nothing was read, in words for whoever gave the address. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/**
 * Reads a JSON document from somebody else's server: the one way in which this product asks other servers for anything on
 * somebody's word. https alone; every address that the name stands for must be a public one, and the connection goes to
 * those that were checked, whatever the name stands for a moment later; no redirects, five seconds, `bytesMax`, JSON.
 */
export async function readPublicJson(
  address: string,
  { bytesMax, deadline: signal = AbortSignal.timeout(SECONDS_MAX * 1000) }: Bounds,
): Promise<unknown> {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' || url.username || url.password)
    throw new Unreachable('The address is no https address.')
  try {
    const addresses = await addressesOf(url, signal)
    const response = await ask(url, addresses, signal)
    refuseUnfit(response)
    return JSON.parse((await bodyOf(response, bytesMax)).toString('utf8'))
  } catch (error) {
    throw inWords(error, signal)
  }
}

async function addressesOf(url: URL, signal: AbortSignal): Promise<LookupAddress[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  const found = family ? [{ address: host, family }] : await resolve(host, signal)
  if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address)))
    throw new Unreachable('The address leads to a network that is not public.')
  return found
}

/** Looking up a name cannot be broken off: what comes too late is left alone. */
function resolve(host: string, signal: AbortSignal): Promise<LookupAddress[]> {
  return Promise.race([
    dns.lookup(host, { all: true }),
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    }),
  ])
}

function ask(url: URL, addresses: LookupAddress[], signal: AbortSignal): Promise<IncomingMessage> {
  const pinned: LookupFunction = (_host, { all }, answer) => {
    const [first] = addresses
    if (all) answer(null, addresses)
    else answer(null, first?.address ?? '', first?.family)
  }
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      agent: false,
      lookup: pinned,
      signal,
      headers: {
        Accept: 'application/jwk-set+json, application/json',
        'Accept-Encoding': 'identity',
        'User-Agent': 'Gatehouse',
      },
    })
    asked.once('response', resolve)
    asked.once('error', reject)
    asked.end()
  })
}

function refuseUnfit(response: IncomingMessage): void {
  const { statusCode = 0, headers } = response
  const refuse = (sentence: string) => {
    response.destroy()
    throw new Unreachable(sentence)
  }
  if (statusCode >= 300 && statusCode < 400)
    refuse('The server there leads elsewhere: give the last address.')
  if (statusCode !== 200) refuse(`The server there answers ${statusCode}.`)
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headers['content-type'] ?? ''))
    refuse('The server there answers with something that is not JSON.')
  if (!/^(identity)?$/i.test(headers['content-encoding'] ?? ''))
    refuse('The server there answers in an encoding that was not asked for.')
}

async function bodyOf(response: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.byteLength
    // Leaving the loop ends the connection.
    if (bytes > bytesMax) throw new Unreachable('The server there answers with more than a set of keys.')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function inWords(error: unknown, signal: AbortSignal): Unreachable {
  if (error instanceof Unreachable) return error
  if (signal.aborted) return new Unreachable(`The server there did not answer within ${SECONDS_MAX} seconds.`)
  if (error instanceof SyntaxError) return new Unreachable('The server there answers with broken JSON.')
  return new Unreachable('The server there cannot be reached, or not safely.', { cause: error })
}
