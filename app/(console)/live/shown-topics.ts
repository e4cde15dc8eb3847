import type { Topic } from '#lib/domain/audit/topics'

/** What each page shows, by where it is below an organization; the first that fits. What stands nowhere shows nothing that changes. */
const PAGES: readonly (readonly [RegExp, readonly Topic[]])[] = [
  [/^\/connected-apps\/owned-apps\/(new|export)$/, []],
  [/^\/connected-apps\/owned-apps\/[^/]+\/authorizations$/, ['connected-apps', 'authorizations']],
  [/^\/connected-apps\/owned-apps\/[^/]+\/activity$/, ['connected-apps', 'authorizations', 'allowlist']],
  [/^\/connected-apps\/owned-apps(\/|$)/, ['connected-apps']],
  [/^\/connected-apps\/authorizations(\/|$)/, ['authorizations']],
  [/^\/connected-apps\/policy(\/|$)/, ['allowlist']],
  [/^\/connected-apps\/scopes(\/|$)/, ['apis']],
  [/^\/people(\/|$)/, ['people']],
  [/^\/(business-groups|settings)(\/|$)/, ['organizations']],
]
/** The audit log stays still while it is read: it says itself that there is more. */
const STILL = /^\/audit-log(\/|$)/

/** What somebody at this address looks at, and whether it may be drawn anew while they do. */
export function shownAt(pathname: string): { topics: readonly Topic[]; isStill: boolean } {
  const page = /^\/o\/[^/]+\/access-management(\/.*)$/.exec(pathname)?.[1] ?? ''
  const [, topics] = PAGES.find(([where]) => where.test(page)) ?? [null, []]
  return { topics, isStill: STILL.test(page) }
}
