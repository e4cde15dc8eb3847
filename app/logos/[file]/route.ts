import { findLogo } from '#lib/domain/connected-apps/find-logo'

/** What a picture may do if somebody opens it by itself: nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/**
 * A logo by the digest of its bytes: another picture has another address, so whoever has this one keeps it. Only what we drew
 * ourselves is served, and only as a PNG.
 */
export async function GET(_: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const digest = /^([0-9a-f]{64})\.png$/.exec((await params).file)?.[1]
  const png = digest ? await findLogo(digest) : null
  if (!png)
    return new Response('There is no such picture.', {
      status: 404,
      headers: { 'Cache-Control': 'no-store' },
    })
  return new Response(new Uint8Array(png), {
    headers: {
      'Content-Type': 'image/png',
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'public, max-age=31536000, immutable',
    },
  })
}
