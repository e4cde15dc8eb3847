import { type Id, isId } from '#lib/base/ids'

/** An address has room for so many; more are kept by the window, and the address says how many they are. */
const NAMED_IN_ADDRESS_MAX = 250

/** The page that rotates the secrets of chosen apps. */
export function chosenHref(path: string, appIds: readonly string[]): string {
  const named = chosenParams(appIds)
  return `${path}?${new URLSearchParams([['which', 'chosen'], ...named])}`
}

/** How an address names chosen apps. */
export function chosenParams(appIds: readonly string[]): [string, string][] {
  if (appIds.length > NAMED_IN_ADDRESS_MAX) return [['kept', String(appIds.length)]]
  return appIds.map((id) => ['app', id])
}

/** Keeps a choice that is too long for an address, for this window. */
export function keepChoice(organizationId: string, appIds: readonly string[]): void {
  if (appIds.length > NAMED_IN_ADDRESS_MAX) sessionStorage.setItem(keyOf(organizationId), appIds.join(' '))
}

/** What this window keeps; empty where it is another one. */
export function keptChoice(organizationId: string): Id<'app'>[] {
  const kept = sessionStorage.getItem(keyOf(organizationId)) ?? ''
  return kept.split(' ').filter((id) => isId('app', id))
}

function keyOf(organizationId: string): string {
  return `chosen-apps-${organizationId}`
}
