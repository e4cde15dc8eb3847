export const AUTHORIZATION_PATH = '/oauth/authorize'

/** Where each endpoint is. The issuer is the origin itself, so that both discovery documents stand at its root. */
export const ROUTES = {
  authorization: AUTHORIZATION_PATH,
  code_verification: '/device',
  device_authorization: '/oauth/device',
  end_session: '/oauth/end-session',
  introspection: '/oauth/introspect',
  jwks: '/oauth/jwks',
  pushed_authorization_request: '/oauth/par',
  revocation: '/oauth/revoke',
  token: '/oauth/token',
  userinfo: '/oauth/userinfo',
}
