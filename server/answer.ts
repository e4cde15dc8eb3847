import type { IncomingMessage, ServerResponse } from 'node:http'

/** Answers a request that never reached the product with one sentence: a small page for a browser, JSON for a program. */
export function answerPlainly(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  sentence: string,
): void {
  const wantsPage = request.headers.accept?.includes('text/html') ?? false
  response.statusCode = status
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Content-Type', wantsPage ? 'text/html; charset=utf-8' : 'application/json')
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  if (status === 503) response.setHeader('Retry-After', '5')
  if (request.method === 'HEAD') response.end()
  else response.end(wantsPage ? page(sentence) : JSON.stringify({ status, title: sentence }))
}

function page(sentence: string): string {
  const text = sentence.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Gatehouse</title><h1>Gatehouse</h1><p>${text}</p></html>`
}
