import { expect } from 'vitest'
import { withinRequest } from '#lib/base/request-context'
import { readInteraction } from '#lib/gateways/oauth/interaction'
import { interactionAtHand } from '#lib/gateways/oauth/interaction-at-hand'
import type { InteractionView } from '#lib/gateways/oauth/interaction-view'
import { authorize, browserOf, type Request, running } from '#test/authorization-server'
import type { Browser } from '#test/browser'
import type { MadeUser } from '#test/factories'
import { CAME_FROM } from '#test/policy-model'
import { requestFrom } from '#test/request-from'

/** A browser that an app sent to us, and the interaction it was led to. */
export class Visit {
  readonly browser: Browser
  readonly uid: string
  constructor(browser: Browser, location: URL) {
    expect(location.pathname).toMatch(/^\/interaction\/[\w-]+$/)
    this.browser = browser
    this.uid = location.pathname.slice('/interaction/'.length)
  }
  get cookie(): string {
    return this.browser.cookieHeader(`/interaction/${this.uid}`)
  }
  view(more: { isSwitching?: boolean; isChoosing?: boolean } = {}): Promise<InteractionView> {
    return this.within(() => readInteraction({ cookie: this.cookie, uid: this.uid, ...more }))
  }
  /** As part of a request of this browser. */
  within<T>(work: () => Promise<T>): Promise<T> {
    return withinRequest(requestFrom(CAME_FROM), work)
  }
  async atHand() {
    const found = await interactionAtHand(this.cookie, this.uid)
    if (!found) throw new Error('The interaction is gone.')
    return found
  }
  /** Follows our own redirects until another page or the app is reached. */
  async follow(location: string): Promise<URL> {
    let url = new URL(location, running.origin)
    while (url.origin === running.origin && !url.pathname.startsWith('/interaction/')) {
      const next = (await this.browser.get(`${url.pathname}${url.search}`)).headers.get('location')
      if (!next) throw new Error(`Nobody was sent on from ${url.pathname}.`)
      url = new URL(next, running.origin)
    }
    return url
  }
}

export async function visit(person: MadeUser | null, request: Request): Promise<Visit> {
  const browser = await browserOf(person)
  return new Visit(browser, await authorize(browser, request))
}
