/** How APIs are spoken of, in one place so that the words can be translated. */
export const OPEN_TO = {
  internal: 'Apps of this organization',
  everyone: 'Apps of any organization',
} as const
export const OPEN_TO_HINT = {
  internal: 'Nobody else’s app may ask for its scopes.',
  everyone: 'Others’ apps may ask your people for its scopes. They are good for your people alone.',
} as const

/** “5 minutes”, “90 seconds”. */
export function lifetimeText(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds} seconds`
  return seconds === 60 ? '1 minute' : `${seconds / 60} minutes`
}

/** What JWTs mean for whoever takes one away. */
export function jwtText({ jwtLifetimeSeconds }: { jwtLifetimeSeconds: number }): string {
  const lifetime = lifetimeText(jwtLifetimeSeconds)
  return `A request that names the audience as resource gets a JWT, which the API verifies by itself. Nothing ends one early: after a removal it may be accepted for ${lifetime} more.`
}
