import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import { requestIfAny } from '../../base/request-context.ts'
import { html, page } from './pages.ts'

/** What a browser sees when there is no app to send the error to: what happened, what to do, and the error's name for who built the app. */
export function renderError(ctx: KoaContextWithOIDC, out: ErrorOut): void {
  if (ctx.accepts('html', 'json') === 'json') {
    ctx.body = out
    return
  }
  ctx.type = 'html'
  const requestId = requestIfAny()?.id
  ctx.body = page('Something is not right', [
    html`<h1>${titleOf(out)}</h1><p>${adviceOf(out)}</p>`,
    html`<dl><dt>Error</dt><dd><code>${out.error}</code></dd>`,
    html`${out.error_description ? html`<dt>Details</dt><dd>${out.error_description}</dd>` : ''}`,
    html`${requestId ? html`<dt>Request</dt><dd><code>${requestId}</code></dd>` : ''}</dl>`,
  ])
}

function titleOf({ error, error_description: description }: ErrorOut): string {
  if (error === 'server_error') return 'Something went wrong'
  if (error === 'invalid_client') return 'This app is not available'
  if (isSessionTrouble(description)) return 'This page has expired'
  return 'The app sent something we cannot accept'
}

function adviceOf({ error, error_description: description }: ErrorOut): string {
  if (error === 'server_error') return 'It is our fault, not yours. Try again in a moment.'
  if (error === 'invalid_client') return 'It is unknown, disabled or deleted. Ask whoever runs the app.'
  if (isSessionTrouble(description)) return 'Go back to the app and start again.'
  return 'You did nothing wrong. Tell whoever runs the app; the details below help them.'
}

function isSessionTrouble(description: string | undefined): boolean {
  return /session|expired|xsrf|logout details|form details/.test(description ?? '')
}
