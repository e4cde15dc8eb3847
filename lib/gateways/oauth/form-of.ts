import type { KoaContextWithOIDC } from 'oidc-provider'
import { html, type Markup } from './pages.ts'

/** A form of the authorization server, with the token that only this browser's session holds. */
export function formOf({ oidc }: KoaContextWithOIDC, route: string, content: Markup): Markup {
  const secret = oidc.session?.state?.secret
  return html`<form method="post" action="${oidc.urlFor(route)}"><input type="hidden" name="xsrf" value="${String(secret)}">${content}</form>`
}
