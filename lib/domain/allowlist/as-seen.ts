import { redirectHosts } from './redirect-hosts.ts'

type Shown = { name: string; publisher: string; redirectUris: readonly string[] }

/** The app as people saw it, kept with a request, so that a later change of it can be shown. */
export const asSeen = ({ name, publisher, redirectUris }: Shown) => ({
  appNameSeen: name,
  publisherSeen: publisher,
  redirectHostsSeen: redirectHosts(redirectUris),
})
