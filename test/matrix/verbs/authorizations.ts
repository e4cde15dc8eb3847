import type { Id } from '#lib/base/ids'
import { addEntry } from '#lib/domain/allowlist/add-entry'
import { authorizeApp } from '#lib/domain/authorizations/authorize-app'
import { countAuthorizedApps } from '#lib/domain/authorizations/count-authorized-apps'
import { countTokensOfApp } from '#lib/domain/authorizations/count-tokens-of-app'
import { denyApp } from '#lib/domain/authorizations/deny-app'
import { endTokenFamily } from '#lib/domain/authorizations/end-token-family'
import { freezeApps } from '#lib/domain/authorizations/freeze-apps'
import { getAuthorizedApp } from '#lib/domain/authorizations/get-authorized-app'
import { getMyAuthorization } from '#lib/domain/authorizations/get-my-authorization'
import { getPersonOfApp } from '#lib/domain/authorizations/get-person-of-app'
import { listAuthorizationsOfPerson } from '#lib/domain/authorizations/list-authorizations-of-person'
import { listAuthorizedApps } from '#lib/domain/authorizations/list-authorized-apps'
import { listAuthorizingPeople } from '#lib/domain/authorizations/list-authorizing-people'
import { listMyAuthorizations } from '#lib/domain/authorizations/list-my-authorizations'
import { listPeopleOfApp } from '#lib/domain/authorizations/list-people-of-app'
import { listTokenFamilies } from '#lib/domain/authorizations/list-token-families'
import { previewAppsStop } from '#lib/domain/authorizations/preview-apps-stop'
import { previewPeopleRemoval } from '#lib/domain/authorizations/preview-people-removal'
import { previewPersonRemoval } from '#lib/domain/authorizations/preview-person-removal'
import { previewRemoval } from '#lib/domain/authorizations/preview-removal'
import { removeAllOfPerson } from '#lib/domain/authorizations/remove-all-of-person'
import { removeApps } from '#lib/domain/authorizations/remove-apps'
import { removeAuthorization } from '#lib/domain/authorizations/remove-authorization'
import { removeChosenPeople } from '#lib/domain/authorizations/remove-chosen-people'
import { removeForEveryone } from '#lib/domain/authorizations/remove-for-everyone'
import { removeTokenFamily } from '#lib/domain/authorizations/remove-token-family'
import { unfreezeApps } from '#lib/domain/authorizations/unfreeze-apps'
import { blockApp } from '#lib/domain/installations/block-app'
import { countBlockedApps } from '#lib/domain/installations/count-blocked-apps'
import { freezeApp } from '#lib/domain/installations/freeze-app'
import { getNetworks } from '#lib/domain/installations/get-networks'
import { getRemoval } from '#lib/domain/installations/get-removal'
import { listBlockedApps } from '#lib/domain/installations/list-blocked-apps'
import { listRemovals } from '#lib/domain/installations/list-removals'
import { setNetworks } from '#lib/domain/installations/set-networks'
import { unblockApp } from '#lib/domain/installations/unblock-app'
import { unfreezeApp } from '#lib/domain/installations/unfreeze-app'
import { as } from '#test/actors'
import { makeApp } from '#test/factories'
import { activePerson, isThemselves } from '../callers.ts'
import { ANYONE, AUTHORIZATION, all, any, needs, only, peopleOnly, ROOT } from '../needs.ts'
import { row } from '../row.ts'
import { familyOfRobot, type World } from '../world.ts'

const root = (w: World) => ({ rootOrganizationId: w.north.id })
const person = (w: World) => ({ ...root(w), userId: w.people.member.id })
const chosenPeople = (w: World) => ({ ...app(w), authorizationIds: [w.authorizationId] })
const chosenApps = (w: World) => ({ ...root(w), selection: { appIds: [w.app.id] } })
const app = (w: World) => ({ ...root(w), appId: w.app.id })

/** A place in the root organization is all it takes to answer an app; without one, the app is not for them. */
const HAS_A_PLACE = only((caller) => activePerson(caller)?.roles.north !== undefined, 'forbidden')
const ITS_PERSON = (otherwise: 'not-found') => only((caller) => isThemselves(caller, 'member'), otherwise)

export const AUTHORIZATIONS = [
  row(listAuthorizedApps, root, needs('authorizations.list', ROOT)),
  row(countAuthorizedApps, root, needs('authorizations.list', ROOT)),
  row(getAuthorizedApp, app, needs('authorizations.list', ROOT)),
  row(countTokensOfApp, app, needs('authorizations.list', ROOT)),
  row(listPeopleOfApp, app, needs('authorizations.list', ROOT)),
  row(
    getPersonOfApp,
    (w) => ({ ...app(w), authorizationId: w.authorizationId }),
    needs('authorizations.list', ROOT),
  ),
  row(
    listTokenFamilies,
    (w) => ({ ...root(w), authorizationId: w.authorizationId }),
    needs('authorizations.list', ROOT),
  ),
  row(previewRemoval, app, needs('authorizations.remove', ROOT)),
  row(removeForEveryone, app, needs('authorizations.remove', ROOT)),
  row(listRemovals, app, needs('authorizations.list', ROOT)),
  row(
    getRemoval,
    async (w) => ({ ...root(w), removalId: await removed(w) }),
    needs('authorizations.list', ROOT),
  ),
  row(
    removeForEveryone,
    async (w) => {
      await addEntry(as(w.people['root owner']), { ...root(w), clientId: w.app.clientId })
      return { ...app(w), alsoBlock: true, alsoRemoveEntry: true }
    },
    all(
      needs('installations.block', ROOT),
      needs('allowlist.change-entries', ROOT),
      needs('authorizations.remove', ROOT),
    ),
    { how: 'and block, and take off the list' },
  ),
  row(
    removeAuthorization,
    (w) => ({ authorizationId: w.authorizationId }),
    any(ITS_PERSON('not-found'), needs('authorizations.remove', AUTHORIZATION)),
  ),
  row(
    authorizeApp,
    async (w) => ({
      ...root(w),
      appId: (await makeApp({ organization: w.sales })).id,
      scopes: ['openid', 'profile'],
    }),
    peopleOnly(HAS_A_PLACE),
  ),
  row(denyApp, (w) => ({ ...app(w), scopes: ['openid'] }), peopleOnly(needs('organizations.view', ROOT))),
  row(listMyAuthorizations, () => ({}), peopleOnly(ANYONE)),
  row(getMyAuthorization, (w) => w.authorizationId, ITS_PERSON('not-found')),
  row(
    endTokenFamily,
    async (w) => ({ familyId: await familyOfRobot(w), reason: 'revoked-by-app' as const }),
    only((caller) => caller.kind === 'app', 'not-found'),
  ),
  row(
    removeTokenFamily,
    (w) => ({ authorizationId: w.authorizationId, familyId: w.familyId }),
    any(
      only((caller) => isThemselves(caller, 'member'), 'not-found'),
      needs('authorizations.remove', AUTHORIZATION),
    ),
  ),
  row(listAuthorizingPeople, root, needs('authorizations.list', ROOT)),
  row(listAuthorizationsOfPerson, person, needs('authorizations.list', ROOT)),
  row(previewPersonRemoval, person, needs('authorizations.remove', ROOT)),
  row(removeAllOfPerson, person, needs('authorizations.remove', ROOT)),
  row(previewPeopleRemoval, chosenPeople, needs('authorizations.remove', ROOT)),
  row(removeChosenPeople, chosenPeople, needs('authorizations.remove', ROOT)),
  row(previewAppsStop, chosenApps, needs('authorizations.remove', ROOT)),
  row(freezeApps, chosenApps, needs('installations.freeze', ROOT)),
  row(
    unfreezeApps,
    async (w) => {
      await freezeApps(as(w.people['root owner']), chosenApps(w))
      return chosenApps(w)
    },
    needs('installations.freeze', ROOT),
  ),
  row(removeApps, chosenApps, needs('authorizations.remove', ROOT)),
  row(
    removeApps,
    (w) => ({ ...root(w), selection: { matching: {} }, alsoBlock: true }),
    all(needs('installations.block', ROOT), needs('authorizations.remove', ROOT)),
    { how: 'and block' },
  ),
  row(listBlockedApps, root, needs('authorizations.list', ROOT)),
  row(countBlockedApps, root, needs('authorizations.list', ROOT)),
  row(freezeApp, app, needs('installations.freeze', ROOT)),
  row(
    unfreezeApp,
    async (w) => {
      await freezeApp(as(w.people['root owner']), app(w))
      return app(w)
    },
    needs('installations.freeze', ROOT),
  ),
  row(getNetworks, app, needs('authorizations.list', ROOT)),
  row(
    setNetworks,
    (w) => ({ ...app(w), version: 0, mode: 'enforce' as const, networks: ['203.0.113.0/24'] }),
    needs('installations.limit-networks', ROOT),
  ),
  row(blockApp, app, needs('installations.block', ROOT)),
  row(
    unblockApp,
    async (w) => {
      await blockApp(as(w.people['root owner']), app(w))
      return app(w)
    },
    needs('installations.block', ROOT),
  ),
]

/** The app was removed for everyone: the receipt of that. */
export async function removed(w: World): Promise<Id<'removal'>> {
  const { removalId } = await removeForEveryone(as(w.people['root owner']), app(w))
  if (!removalId) throw new Error('Somebody uses the app of this world.')
  return removalId
}
