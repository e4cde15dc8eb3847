/** What an app sends to be given a scope. Line breaks are for reading. */
export type Example = { title: string; text: string }

type Asked = {
  publicUrl: string
  scope: string
  audience: string
  tokenFormat: 'opaque' | 'jwt'
  /** About people who sign in: no app acting for itself has it. */
  isAboutPeople: boolean
}

/**
 * How to ask for a scope: an authorization request (RFC 6749 §4.1, RFC 7636), and what an app acting for itself sends
 * (§4.4). For an API with JWTs both name it as their `resource` (RFC 8707): without that the token is opaque.
 */
export function examplesOf({ publicUrl, scope, audience, tokenFormat, isAboutPeople }: Asked): Example[] {
  const resource = tokenFormat === 'jwt' ? [`resource=${inQuery(audience)}`] : []
  const authorization = [
    'response_type=code',
    'client_id=CLIENT_ID',
    'redirect_uri=REDIRECT_URI',
    `scope=${inQuery(scope)}`,
    ...resource,
    'state=STATE',
    'code_challenge=CHALLENGE',
    'code_challenge_method=S256',
  ]
  const people = {
    title: 'For a person',
    text: `GET ${publicUrl}/oauth/authorize\n  ?${authorization.join('\n  &')}`,
  }
  if (isAboutPeople) return [people]
  const own = ['grant_type=client_credentials', `scope=${inQuery(scope)}`, ...resource]
  const text = `POST ${publicUrl}/oauth/token\nAuthorization: Basic CLIENT_ID:SECRET in base64\n\n${own.join('\n&')}`
  return [people, { title: 'By itself', text }]
}

/** Colons and slashes mean nothing in a query (RFC 3986 §3.4), and are easier to read. */
function inQuery(value: string): string {
  return encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2F', '/')
}
