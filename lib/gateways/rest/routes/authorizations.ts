import { z } from 'zod'
import { countAuthorizedApps } from '../../../domain/authorizations/count-authorized-apps.ts'
import { countTokensOfApp } from '../../../domain/authorizations/count-tokens-of-app.ts'
import { getAuthorizedApp } from '../../../domain/authorizations/get-authorized-app.ts'
import { listAuthorizedApps } from '../../../domain/authorizations/list-authorized-apps.ts'
import { listMyAuthorizations } from '../../../domain/authorizations/list-my-authorizations.ts'
import { listPeopleOfApp } from '../../../domain/authorizations/list-people-of-app.ts'
import { listTokenFamilies } from '../../../domain/authorizations/list-token-families.ts'
import { previewRemoval } from '../../../domain/authorizations/preview-removal.ts'
import { removeAuthorization } from '../../../domain/authorizations/remove-authorization.ts'
import { removeForEveryone } from '../../../domain/authorizations/remove-for-everyone.ts'
import { removeTokenFamily } from '../../../domain/authorizations/remove-token-family.ts'
import { blockApp } from '../../../domain/installations/block-app.ts'
import { countBlockedApps } from '../../../domain/installations/count-blocked-apps.ts'
import { freezeApp } from '../../../domain/installations/freeze-app.ts'
import { getNetworks } from '../../../domain/installations/get-networks.ts'
import { listBlockedApps } from '../../../domain/installations/list-blocked-apps.ts'
import { networkLimitSchema } from '../../../domain/installations/schema.ts'
import { setNetworks } from '../../../domain/installations/set-networks.ts'
import { unblockApp } from '../../../domain/installations/unblock-app.ts'
import { unfreezeApp } from '../../../domain/installations/unfreeze-app.ts'
import { appOf, authorizationOf, familyOf, organizationOf } from '../named.ts'
import { authorizedAppsQuery, cursor, flag, search } from '../query.ts'
import { type Call, type Route, route } from '../route.ts'
import { save } from '../save.ts'
import { savedVersion } from '../shapes/apis.ts'
import {
  authorizedApp,
  authorizedApps,
  blocked,
  blockedApps,
  endedFamily,
  frozen,
  myAuthorizations,
  networks,
  peopleOfApp,
  receipt,
  removalPreview,
  removalReceipt,
  tokenFamilies,
} from '../shapes/authorizations.ts'
import { paged } from '../shapes/shape.ts'

export const AUTHORIZATION_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/authorized-apps',
    operation: 'listAuthorizedApps',
    summary: 'List the apps that people of a root organization authorized.',
    needs: 'authorizations.list',
    more: 'And those that are frozen or held to networks, even if nobody uses them. The count is of all that match; `byLastUse` of all that match whatever their last use.',
    query: z.object({
      ...authorizedAppsQuery,
      sort: z
        .enum(['last-used', 'name', 'people'], 'Sort by name, by last-used or by people.')
        .default('last-used'),
      cursor,
    }),
    answer: authorizedApps,
    run: async (call) => {
      const { sort: _, cursor: __, ...filters } = call.query
      const [list, count] = await Promise.all([
        listAuthorizedApps(call.actor, { ...call.query, ...rootOf(call) }),
        countAuthorizedApps(call.actor, { ...filters, ...rootOf(call) }),
      ])
      return paged({ ...list, ...count })
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/authorized-apps/{app}',
    operation: 'getAuthorizedApp',
    summary: 'Read what one app does in the organization, and how many people use it.',
    needs: 'authorizations.list',
    answer: authorizedApp,
    run: async (call) => {
      const named = { ...rootOf(call), appId: appOf(call) }
      const [details, counted] = await Promise.all([
        getAuthorizedApp(call.actor, named),
        countTokensOfApp(call.actor, named),
      ])
      return { body: { ...details, ...counted } }
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/authorized-apps/{app}/people',
    operation: 'listPeopleOfApp',
    summary: 'List the people who authorized an app, the last who used it first.',
    needs: 'authorizations.list',
    query: z.object({ search, cursor }),
    answer: peopleOfApp,
    run: async (call) =>
      paged(await listPeopleOfApp(call.actor, { ...call.query, ...rootOf(call), appId: appOf(call) })),
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/authorized-apps/{app}/removal',
    operation: 'previewRemoval',
    summary: 'Count what removing an app for everyone would end.',
    needs: 'authorizations.remove',
    answer: removalPreview,
    run: async (call) => ({
      body: await previewRemoval(call.actor, { ...rootOf(call), appId: appOf(call) }),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/organizations/{organization}/authorized-apps/{app}',
    operation: 'removeForEveryone',
    summary: 'Remove an app’s authorizations for everyone in the root organization, with every token.',
    more: 'Nothing brings them back; people may authorize the app anew, unless it is blocked with it, or frozen: it stays so.',
    needs: 'authorizations.remove',
    query: z.object({
      alsoBlock: flag.default(false).meta({ description: 'Refuse the app from now on, too.' }),
      alsoRemoveEntry: flag.default(false).meta({ description: 'Take it off the allowlist, too.' }),
    }),
    answer: removalReceipt,
    refuses: ['conflict'],
    run: async (call) => ({
      body: await removeForEveryone(call.actor, { ...call.query, ...rootOf(call), appId: appOf(call) }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/authorized-apps/{app}/frozen',
    operation: 'freezeApp',
    summary:
      'Freeze an app for the root organization’s people: nothing ends, and nothing works until it is unfrozen.',
    more: 'It stays frozen if it is removed. A block takes its place: an app that is blocked is refused.',
    needs: 'installations.freeze',
    answer: frozen,
    refuses: ['conflict'],
    run: async (call) => ({
      body: await freezeApp(call.actor, { ...rootOf(call), appId: appOf(call) }),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/organizations/{organization}/authorized-apps/{app}/frozen',
    operation: 'unfreezeApp',
    summary: 'Unfreeze an app: its tokens live again.',
    needs: 'installations.freeze',
    run: async (call) => {
      await unfreezeApp(call.actor, { ...rootOf(call), appId: appOf(call) })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/authorized-apps/{app}/networks',
    operation: 'getNetworks',
    summary: 'Read from which networks an app may be used in the root organization.',
    needs: 'authorizations.list',
    answer: networks,
    isVersioned: true,
    run: async (call) => {
      const found = await getNetworks(call.actor, { ...rootOf(call), appId: appOf(call) })
      return { body: found, headers: { ETag: `"${found.version}"` } }
    },
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/authorized-apps/{app}/networks',
    operation: 'setNetworks',
    summary:
      'Say from which networks an app may be used in the root organization, by its people and by itself.',
    more: 'Whoever comes from elsewhere is refused at the next request: to authorize it, for a token, for a refresh unless `mode` is `enforce-except-refresh`, and at this API. Introspection answers as before: it is not the app that asks. Nothing ends.',
    needs: 'installations.limit-networks',
    body: networkLimitSchema.partial({ version: true }),
    answer: savedVersion,
    isVersioned: true,
    refuses: ['conflict'],
    run: (call) => {
      const named = { ...rootOf(call), appId: appOf(call) }
      return save(
        call,
        (version) => setNetworks(call.actor, { ...call.body, version, ...named }),
        () => getNetworks(call.actor, named),
      )
    },
  }),
  route({
    method: 'PUT',
    path: '/organizations/{organization}/authorized-apps/{app}/blocked',
    operation: 'blockApp',
    summary:
      'Block an app: every authorization and token of the root organization’s people ends, and new ones are refused.',
    needs: 'installations.block',
    answer: blocked,
    run: async (call) => ({
      body: await blockApp(call.actor, { ...rootOf(call), appId: appOf(call) }),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/organizations/{organization}/authorized-apps/{app}/blocked',
    operation: 'unblockApp',
    summary: 'Unblock an app: people may authorize it anew.',
    needs: 'installations.block',
    run: async (call) => {
      await unblockApp(call.actor, { ...rootOf(call), appId: appOf(call) })
      return {}
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/blocked-apps',
    operation: 'listBlockedApps',
    summary: 'List the apps that are blocked in a root organization, the latest first.',
    needs: 'authorizations.list',
    query: z.object({ search, cursor }),
    answer: blockedApps,
    run: async (call) => {
      const { search } = call.query
      const [list, total] = await Promise.all([
        listBlockedApps(call.actor, { ...call.query, ...rootOf(call) }),
        countBlockedApps(call.actor, { search, ...rootOf(call) }),
      ])
      return paged({ ...list, total })
    },
  }),
  route({
    method: 'GET',
    path: '/organizations/{organization}/authorizations/{authorization}/token-families',
    operation: 'listTokenFamilies',
    summary:
      'List the token families of one person’s authorization that could still be used, the newest first.',
    needs: 'authorizations.list',
    query: z.object({ cursor }),
    answer: tokenFamilies,
    run: async (call) => {
      const input = { ...call.query, ...rootOf(call), authorizationId: authorizationOf(call) }
      return paged(await listTokenFamilies(call.actor, input))
    },
  }),
  route({
    method: 'DELETE',
    path: '/authorizations/{authorization}/token-families/{family}',
    operation: 'removeTokenFamily',
    summary: 'End all tokens that came from one code, as on a lost device; the authorization stands.',
    needs: 'authorizations.remove',
    answer: endedFamily,
    run: async (call) => ({
      body: await removeTokenFamily(call.actor, {
        authorizationId: authorizationOf(call),
        familyId: familyOf(call),
      }),
    }),
  }),
  route({
    method: 'GET',
    path: '/my-authorizations',
    operation: 'listMyAuthorizations',
    summary: 'List what the person who is signed in has allowed.',
    more: 'For people themselves: no app sees it for them.',
    needs: null,
    query: z.object({ search, cursor }),
    answer: myAuthorizations,
    run: async (call) => paged(await listMyAuthorizations(call.actor, call.query)),
  }),
  route({
    method: 'DELETE',
    path: '/authorizations/{authorization}',
    operation: 'removeAuthorization',
    summary: 'Remove one person’s authorization of one app, with its tokens.',
    needs: 'authorizations.remove',
    answer: receipt,
    run: async (call) => ({
      body: await removeAuthorization(call.actor, { authorizationId: authorizationOf(call) }),
    }),
  }),
]

const rootOf = (call: Pick<Call, 'ids'>) => ({ rootOrganizationId: organizationOf(call) })
