import { gzipSync } from 'node:zlib'

const SCRIPT = /\/_next\/static\/[^"'\\\s]+?\.js/g
/** Loaded by no browser of the last years. */
const FOR_OLD_BROWSERS = /<script[^>]*\bnomodule\b[^>]*>/gi

/**
 * How many bytes of JavaScript, each file compressed by itself, a browser loads to show this page: every script that the
 * page names, in a tag or in the data from which it comes to life. What a click loads later is not among them.
 */
export async function weighScripts(origin: string, page: string): Promise<number> {
  const named = new Set(page.replaceAll(FOR_OLD_BROWSERS, '').match(SCRIPT))
  const weights = await Promise.all([...named].map((path) => weigh(`${origin}${path}`)))
  return weights.reduce((sum, weight) => sum + weight, 0)
}

const weighed = new Map<string, Promise<number>>()

function weigh(url: string): Promise<number> {
  const known = weighed.get(url)
  if (known) return known
  const weight = fetch(url).then(async (response) => {
    if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
    return gzipSync(Buffer.from(await response.arrayBuffer())).byteLength
  })
  weighed.set(url, weight)
  return weight
}
