import { randomBytes } from 'node:crypto'
import type Koa from 'koa'
import Provider, { type KoaContextWithOIDC } from 'oidc-provider'
import { formActionSource } from '../../base/form-action.ts'
import { requestIfAny } from '../../base/request-context.ts'
import { STYLE } from './page-style.ts'

/** A piece of a page whose text is safe to send. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A piece of a page: whatever is put into it is text, never markup, unless it is a piece itself. */
export function html(strings: TemplateStringsArray, ...values: (string | Markup | Markup[])[]): Markup {
  const said = values.map((value) =>
    [value]
      .flat()
      .map((one) => (one instanceof Markup ? one.text : escaped(one)))
      .join(''),
  )
  return new Markup(String.raw({ raw: strings }, ...said))
}

/** One of the few pages the authorization server shows itself: plain forms, no scripts but the one given. */
export function page(title: string, content: Markup[], script?: string): string {
  const nonce = nonceAtHand()
  return html`<!doctype html>
<html lang="en"${new Markup(themeAtHand())}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Gatehouse</title>
<style nonce="${nonce}">${new Markup(STYLE)}</style>
<body>
<header>${MARK} Gatehouse</header>
<main>${content}</main>
${new Markup(script ? `<script nonce="${nonce}">${script}</script>` : '')}
</body>
</html>`.text
}

/** Sets the policy of a page, and turns the provider's own page that posts itself onward into one of ours. */
export function dressPage(ctx: KoaContextWithOIDC): void {
  if (ctx.type !== 'text/html' || typeof ctx.body !== 'string') return
  const onward =
    /<title>Submitting Callback<\/title>[\s\S]*<form method="post" action="([^"]*)">([\s\S]*?)<noscript>/.exec(
      ctx.body,
    )
  if (onward) ctx.body = onwardPage(onward[1] ?? '', onward[2] ?? '')
  const nonce = nonceAtHand()
  ctx.set(
    'Content-Security-Policy',
    [
      "default-src 'none'",
      `style-src 'nonce-${nonce}'`,
      `script-src 'nonce-${nonce}'`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
      ['form-action', "'self'", ...formTargets(ctx)].join(' '),
    ].join('; '),
  )
  ctx.set('Cache-Control', 'no-store')
  ctx.set('Referrer-Policy', 'no-referrer')
}

/** What is at no address of ours. */
export function notFound(ctx: Koa.Context): void {
  if (ctx.status !== 404 || ctx.body) return
  ctx.status = 404
  ctx.body = {
    error: 'invalid_request',
    error_description: 'there is no such endpoint, or it takes another method',
  }
}

/** Both escaped by the provider: the address and the hidden fields. */
function onwardPage(action: string, fields: string): string {
  return page(
    'Going back to the app',
    [
      html`<h1>Going back to the app</h1>`,
      html`<form method="post" action="${new Markup(action)}">${new Markup(fields)}<div class="acts"><button class="primary">Continue</button></div></form>`,
    ],
    'document.forms[0].submit()',
  )
}

/**
 * Where a form of this page may lead: browsers hold the redirect after a post against the policy too. Only to addresses
 * the app has registered; what a request merely names is no target.
 */
function formTargets({ oidc }: KoaContextWithOIDC): string[] {
  const named = oidc.params?.redirect_uri
  const isRegistered = typeof named === 'string' && oidc.client?.redirectUriAllowed(named) === true
  const targets = [isRegistered ? named : undefined, oidc.session?.state?.postLogoutRedirectUri]
  return targets.flatMap((uri) => (typeof uri === 'string' ? (formActionSource(uri) ?? []) : []))
}

/** The product's mark: a gate with its door ajar. */
const MARK = new Markup(
  '<svg aria-hidden="true" viewBox="0 0 20 20" width="20" height="20" fill="none"><rect width="20" height="20" rx="5" fill="var(--accent)"/><path d="M5.5 15.5V8.8a4.5 4.5 0 0 1 9 0v6.7" stroke="#fff" stroke-width="1.75" stroke-linecap="square"/><path d="M10 15.5V8" stroke="#fff" stroke-width="2" stroke-linecap="square" stroke-opacity=".85"/></svg>',
)

/** Light or dark, if this browser chose one in the console. */
function themeAtHand(): string {
  const chosen = /(?:^|; ?)theme=(light|dark)(?:;|$)/.exec(Provider.ctx?.get('cookie') ?? '')
  return chosen ? ` data-theme="${chosen[1]}"` : ''
}

function nonceAtHand(): string {
  const request = requestIfAny()
  return request?.nonce ?? randomBytes(16).toString('base64')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
