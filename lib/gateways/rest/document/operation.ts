import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi'
import { idSchema } from '../../../base/id-schema.ts'
import { IDEMPOTENCY_HOURS } from '../../../domain/api-calls/schema.ts'
import { PERMISSIONS } from '../../../domain/permissions/catalogue.ts'
import { ID_KINDS, type Route, statusOf } from '../route.ts'
import { type HeaderName, headers } from './headers.ts'
import { problemsOf } from './problems.ts'
import { securityOf } from './security.ts'

/** One route as the document describes it. */
export function operationOf(route: Route, noun: string): ZodOpenApiOperationObject {
  return {
    operationId: route.operation,
    tags: [noun],
    summary: route.summary,
    description: explain(route),
    security: securityOf(route),
    requestParams: paramsOf(route),
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: route.body } } },
    }),
    responses: { [statusOf(route)]: success(route), ...problemsOf(route) },
  }
}

function explain({ more, needs, orNeeds = [], alsoNeeds = [] }: Route): string {
  const row = needs === null ? null : PERMISSIONS[needs]
  const need =
    row === null
      ? 'For whoever is signed in.'
      : row.scope === null
        ? `Needs the permission \`${needs}\` (${row.sentence}) No app may do it: people do, in the console or with a token of their own.`
        : `Needs the permission \`${needs}\` (${row.sentence}) An app needs the scope \`${row.scope}\` for it.`
  const others = orNeeds.map(
    (one) => `Or \`${one}\` (${PERMISSIONS[one].sentence}), with the scope \`${PERMISSIONS[one].scope}\`.`,
  )
  const parts = alsoNeeds.map(
    (one) =>
      `Parts of it need \`${one}\` besides (${PERMISSIONS[one].sentence})${PERMISSIONS[one].scope === null ? ' No app may do these.' : ''}`,
  )
  return [more, need, ...others, ...parts].filter(Boolean).join('\n\n')
}

/** Only what there is: an absent kind of parameter must not be named. */
function paramsOf(route: Route): ZodOpenApiOperationObject['requestParams'] {
  const path = idsOf(route)
  const header = headersOf(route)
  const { query } = route
  return { ...(path && { path }), ...(query && { query }), ...(header && { header }) }
}

function idsOf(route: Route) {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  if (names.length === 0) return undefined
  return z.object(
    Object.fromEntries(
      names.flatMap((name) => {
        const kind = ID_KINDS[name]
        return kind ? [[name, idSchema(kind, 'That is no such ID.')]] : []
      }),
    ),
  )
}

function headersOf(route: Route) {
  if (route.creates)
    return z.object({
      'Idempotency-Key': z
        .string()
        .optional()
        .meta({
          description: `Any word of your own, such as a UUID. The same request with the same key happens once: for ${IDEMPOTENCY_HOURS} hours it gets the same answer${route.showsOnce ? ', without the secret, which is kept nowhere' : ''}.`,
          examples: ['8e03978e-40d5-43dd-bc93-6894a57f9324'],
        }),
    })
  if (route.isVersioned && route.method !== 'GET')
    return z.object({
      'If-Match': z
        .string()
        .optional()
        .meta({
          description: 'The `ETag` of what was read. Needed, unless the body has its `version`.',
          examples: ['"3"'],
        }),
    })
  return undefined
}

function success(route: Route): ZodOpenApiResponseObject {
  const names: HeaderName[] = ['RateLimit', 'RateLimit-Policy']
  if (route.isVersioned) names.push('ETag')
  if (route.creates) names.push('Location', 'Idempotency-Replayed')
  if (route.query && 'cursor' in route.query.shape) names.push('Link')
  const status = statusOf(route)
  return {
    description: status === 201 ? 'Made.' : status === 204 ? 'Done.' : 'The answer.',
    headers: headers(...names),
    ...(route.answer && { content: { 'application/json': { schema: route.answer } } }),
    ...(route.files && {
      content: Object.fromEntries(route.files.map((type) => [type, { schema: z.string() }])),
    }),
  }
}
