/** How apps are spoken of in the console, in one place so that the words can be translated. */
export const ACTS_AS = { user: 'On behalf of users', itself: 'On its own behalf' } as const
export const CLIENT_TYPE = { server: 'Server', browser: 'Browser', native: 'Native' } as const
export const CLIENT_TYPE_HINT = {
  server: 'Runs on machines that only its makers reach. It can keep a secret.',
  browser: 'Runs in a page, where anyone can read its code. It can keep no secret.',
  native: 'Runs on people’s phones or computers, or in a terminal. It can keep no secret.',
} as const
/** How an app gets tokens, for whoever chooses it. */
export const GRANT_TYPE: Readonly<Record<string, string>> = {
  authorization_code: 'Sign in',
  refresh_token: 'Stay connected',
  'urn:ietf:params:oauth:grant-type:device_code': 'Sign in on another device',
}
export const AUDIENCE = {
  internal: 'People of this organization',
  everyone: 'People of any organization',
} as const
export const AUDIENCE_HINT = {
  internal: 'Elsewhere the app is unavailable.',
  everyone: 'Other organizations may authorize it; each governs its own people.',
} as const
export const ORIGIN = {
  console: 'Created here',
  api: 'Created over the API',
  'dynamic-registration': 'Registered dynamically',
} as const
/** How an app's secret stands, as Owned Apps is filtered by it. */
export const SECRET_STANDING = {
  due: 'Should be rotated',
  'ends-soon': 'Ends within 30 days',
  none: 'None that works',
  'over-90-days': 'Older than 90 days',
  'over-180-days': 'Older than 180 days',
  'over-365-days': 'Older than a year',
} as const
export const ROLE = { administrator: 'Administrator', developer: 'Developer', member: 'Member' } as const

/** An ID on one line of a list: enough to recognize, the whole is copied. */
export function shortId(clientId: string): string {
  return clientId.length > 20 ? `${clientId.slice(0, 8)}…${clientId.slice(-4)}` : clientId
}

/** “1 app”, “2,000 apps”. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
