import type { ZodOpenApiSecuritySchemeObject } from 'zod-openapi'
import { sessionCookieName } from '../../../base/session-cookie.ts'
import { API_SCOPES } from '../../../domain/connected-apps/scopes.ts'
import { PERMISSIONS } from '../../../domain/permissions/catalogue.ts'
import type { Route } from '../route.ts'

/** How a caller says who they are. */
export function securitySchemes(publicUrl: string): Record<string, ZodOpenApiSecuritySchemeObject> {
  const scopes = Object.fromEntries(API_SCOPES.map(({ name, description }) => [name, description]))
  const tokenUrl = `${publicUrl}/oauth/token`
  return {
    oauth: {
      type: 'oauth2',
      description:
        'An app acting for itself by its own credentials, or for a person by a code (PKCE with S256).',
      flows: {
        clientCredentials: { tokenUrl, scopes },
        authorizationCode: {
          authorizationUrl: `${publicUrl}/oauth/authorize`,
          tokenUrl,
          refreshUrl: tokenUrl,
          scopes,
        },
      },
    },
    personal: {
      type: 'http',
      scheme: 'bearer',
      description:
        'A person’s own token, traded for a password at `/accounts/login` where the organization allows it: it may do what the person may.',
    },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: sessionCookieName(),
      description: 'A session of the console in a browser. For reading only.',
    },
  }
}

/** Which of them a route takes. What no scope stands for, no app does. */
export function securityOf({ method, needs, orNeeds = [] }: Route): Record<string, string[]>[] {
  const enough = needs === null ? [] : [needs, ...orNeeds]
  const scopes = new Set(enough.flatMap((permission) => PERMISSIONS[permission].scope ?? []))
  return [
    ...(needs === null ? [{ oauth: [] }] : [...scopes].map((scope) => ({ oauth: [scope] }))),
    { personal: [] },
    ...(method === 'GET' ? [{ session: [] }] : []),
  ]
}
