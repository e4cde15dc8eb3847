import { endSecret } from '../../../domain/connected-apps/end-secret.ts'
import { getApp } from '../../../domain/connected-apps/get-app.ts'
import { renameSecret } from '../../../domain/connected-apps/rename-secret.ts'
import { rotateSecret } from '../../../domain/connected-apps/rotate-secret.ts'
import { renameSecretSchema, rotateSecretSchema } from '../../../domain/connected-apps/schema.ts'
import { appOf, secretOf } from '../named.ts'
import { type Route, route } from '../route.ts'
import { newSecret, secretStories } from '../shapes/connected-apps.ts'
import { whole } from '../shapes/shape.ts'

/** How apps prove themselves: their secrets and keys. */
export const CREDENTIAL_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/connected-apps/{app}/secrets',
    operation: 'listSecrets',
    summary: 'List the secrets of an app, live ones first: all but their values.',
    needs: 'connected-apps.view',
    answer: secretStories,
    run: async (call) => whole((await getApp(call.actor, appOf(call))).secrets),
  }),
  route({
    method: 'POST',
    path: '/connected-apps/{app}/secrets',
    operation: 'rotateSecret',
    summary: 'Make a new secret, answered this once, and say how long older ones still work.',
    needs: 'connected-apps.rotate-secret',
    body: rotateSecretSchema.omit({ appId: true }),
    answer: newSecret,
    creates: true,
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => ({ body: await rotateSecret(call.actor, { ...call.body, appId: appOf(call) }) }),
  }),
  route({
    method: 'PATCH',
    path: '/connected-apps/{app}/secrets/{secret}',
    operation: 'renameSecret',
    summary: 'Give a secret another name.',
    needs: 'connected-apps.rotate-secret',
    body: renameSecretSchema.pick({ name: true }),
    run: async (call) => {
      await renameSecret(call.actor, { ...call.body, appId: appOf(call), secretId: secretOf(call) })
      return {}
    },
  }),
  route({
    method: 'DELETE',
    path: '/connected-apps/{app}/secrets/{secret}',
    operation: 'endSecret',
    summary: 'End one secret at once.',
    needs: 'connected-apps.rotate-secret',
    run: async (call) => {
      await endSecret(call.actor, { appId: appOf(call), secretId: secretOf(call) })
      return {}
    },
  }),
]
