'use server'

import { freezeApps } from '#lib/domain/authorizations/freeze-apps'
import { removeAllOfPerson } from '#lib/domain/authorizations/remove-all-of-person'
import { removeApps } from '#lib/domain/authorizations/remove-apps'
import { removeAuthorization } from '#lib/domain/authorizations/remove-authorization'
import { removeChosenPeople } from '#lib/domain/authorizations/remove-chosen-people'
import { removeForEveryone } from '#lib/domain/authorizations/remove-for-everyone'
import { removeTokenFamily } from '#lib/domain/authorizations/remove-token-family'
import { unfreezeApps } from '#lib/domain/authorizations/unfreeze-apps'
import { blockApp } from '#lib/domain/installations/block-app'
import { freezeApp } from '#lib/domain/installations/freeze-app'
import { setNetworks } from '#lib/domain/installations/set-networks'
import { unblockApp } from '#lib/domain/installations/unblock-app'
import { unfreezeApp } from '#lib/domain/installations/unfreeze-app'
import { consoleAction } from '#lib/gateways/console/action'

export const removeEveryone = consoleAction(removeForEveryone)
export const removeOne = consoleAction(removeAuthorization)
export const endFamily = consoleAction(removeTokenFamily)
export const removeAll = consoleAction(removeAllOfPerson)
export const removeSeveral = consoleAction(removeApps)
export const removePeople = consoleAction(removeChosenPeople)
export const freezeSeveral = consoleAction(freezeApps)
export const unfreezeSeveral = consoleAction(unfreezeApps)
export const block = consoleAction(blockApp)
export const unblock = consoleAction(unblockApp)
export const freeze = consoleAction(freezeApp)
export const unfreeze = consoleAction(unfreezeApp)
export const limitNetworks = consoleAction(setNetworks)
