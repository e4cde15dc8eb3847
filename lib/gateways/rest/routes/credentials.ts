import { addKeys } from '../../../domain/connected-apps/add-keys.ts'
import {
  addKeysSchema,
  renameSecretSchema,
  rotateSecretSchema,
  setJwksUriSchema,
} from '../../../domain/connected-apps/credentials-schema.ts'
import { dismissRotationMark } from '../../../domain/connected-apps/dismiss-rotation-mark.ts'
import { endKey } from '../../../domain/connected-apps/end-key.ts'
import { endSecret } from '../../../domain/connected-apps/end-secret.ts'
import { getApp } from '../../../domain/connected-apps/get-app.ts'
import { getPublishedKeys } from '../../../domain/connected-apps/get-published-keys.ts'
import { renameSecret } from '../../../domain/connected-apps/rename-secret.ts'
import { rotateSecret } from '../../../domain/connected-apps/rotate-secret.ts'
import { setJwksUri } from '../../../domain/connected-apps/set-jwks-uri.ts'
import { ofApp } from '../again.ts'
import { appOf, keyOf, secretOf } from '../named.ts'
import { type Route, route } from '../route.ts'
import { addedKeys, keyStories, newSecret, publishedKeys, secretStories } from '../shapes/connected-apps.ts'
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
    creates: { again: ofApp },
    showsOnce: ['secret'],
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
  route({
    method: 'DELETE',
    path: '/connected-apps/{app}/rotation-mark',
    operation: 'dismissRotationMark',
    summary: 'Take away the mark that an app’s secret should be rotated, and leave the secret as it is.',
    needs: 'connected-apps.rotate-secret',
    run: async (call) => {
      await dismissRotationMark(call.actor, { appId: appOf(call) })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/connected-apps/{app}/keys',
    operation: 'listKeys',
    summary: 'List the public keys an app may sign with, live ones first.',
    needs: 'connected-apps.view',
    answer: keyStories,
    run: async (call) => whole((await getApp(call.actor, appOf(call))).keys),
  }),
  route({
    method: 'POST',
    path: '/connected-apps/{app}/keys',
    operation: 'addKeys',
    summary: 'Give an app public keys to sign with: a JWK, a JWKS or PEM.',
    more: 'RSA of 2048 bits and more, P-256, P-384, P-521 or Ed25519. All of them are taken or none.',
    needs: 'connected-apps.change-keys',
    body: addKeysSchema.omit({ appId: true }),
    answer: addedKeys,
    creates: { again: ofApp },
    refuses: ['conflict', 'limit-reached'],
    run: async (call) => ({ body: await addKeys(call.actor, { ...call.body, appId: appOf(call) }) }),
  }),
  route({
    method: 'DELETE',
    path: '/connected-apps/{app}/keys/{key}',
    operation: 'endKey',
    summary: 'End one key: what it signs is refused at the next request.',
    needs: 'connected-apps.change-keys',
    run: async (call) => {
      await endKey(call.actor, { appId: appOf(call), keyId: keyOf(call) })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/connected-apps/{app}/published-keys',
    operation: 'getPublishedKeys',
    summary: 'Read what an app publishes at its JWKS URI, as the token endpoint sees it.',
    needs: 'connected-apps.view',
    answer: publishedKeys,
    run: async (call) => ({ body: await getPublishedKeys(call.actor, appOf(call)) }),
  }),
  route({
    method: 'PUT',
    path: '/connected-apps/{app}/jwks-uri',
    operation: 'setJwksUri',
    summary: 'Say where an app publishes the keys it signs with; null: nowhere.',
    more: 'By https, at an address that anybody on the internet reaches.',
    needs: 'connected-apps.change-keys',
    body: setJwksUriSchema.omit({ appId: true }),
    run: async (call) => {
      await setJwksUri(call.actor, { ...call.body, appId: appOf(call) })
      return {}
    },
  }),
]
