import { z } from 'zod'
import { parse } from '../../../base/parse.ts'
import { removeLogo } from '../../../domain/connected-apps/remove-logo.ts'
import { setLogo } from '../../../domain/connected-apps/set-logo.ts'
import { revokeApp } from '../../../domain/installations/revoke-app.ts'
import { appOf } from '../named.ts'
import { type Route, route } from '../route.ts'
import { jwtsUntil } from '../shapes/shape.ts'

const picture = z.base64('Send the file in base64.').meta({
  description: 'A PNG, JPEG or WebP file, in base64.',
  examples: ['iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'],
})
const logo = z.object({
  logo: z.string().meta({ description: 'Its digest: it is served at /logos/{digest}.png.' }),
})
const revoked = z.object({
  organizations: z.int().meta({ description: 'In how many root organizations authorizations ended.' }),
  jwtsUntil,
})

/** What people know an app by, and the end of all it was given. */
export const APP_LOGO_ROUTES: readonly Route[] = [
  route({
    method: 'PUT',
    path: '/connected-apps/{app}/logo',
    operation: 'setLogo',
    summary: 'Give an app a logo, drawn anew as a PNG of 256 × 256 pixels.',
    more: 'A body has at most 1 MiB: that is a file of some 750 KiB.',
    needs: 'connected-apps.update',
    body: z.strictObject({ picture }),
    answer: logo,
    run: async (call) => {
      const { picture: text } = parse(z.object({ picture }), call.body)
      return { body: await setLogo(call.actor, { appId: appOf(call), picture: Buffer.from(text, 'base64') }) }
    },
  }),
  route({
    method: 'DELETE',
    path: '/connected-apps/{app}/logo',
    operation: 'removeLogo',
    summary: 'Take the logo of an app away.',
    needs: 'connected-apps.update',
    run: async (call) => {
      await removeLogo(call.actor, { appId: appOf(call) })
      return {}
    },
  }),
  route({
    method: 'PUT',
    path: '/connected-apps/{app}/revoked',
    operation: 'revokeApp',
    summary: 'Disable an app and end every authorization and token it was given, in every organization.',
    more: 'Enabling it brings none of them back: people are asked anew.',
    needs: 'connected-apps.disable',
    answer: revoked,
    run: async (call) => ({ body: await revokeApp(call.actor, { appId: appOf(call) }) }),
  }),
]
