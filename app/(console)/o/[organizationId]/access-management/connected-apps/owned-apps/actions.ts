'use server'

import { addKeys } from '#lib/domain/connected-apps/add-keys'
import { changeOwnerOfApps } from '#lib/domain/connected-apps/change-owner-of-apps'
import { createApp } from '#lib/domain/connected-apps/create-app'
import { deleteApp } from '#lib/domain/connected-apps/delete-app'
import { disableApp } from '#lib/domain/connected-apps/disable-app'
import { disableApps } from '#lib/domain/connected-apps/disable-apps'
import { dismissRotationMark } from '#lib/domain/connected-apps/dismiss-rotation-mark'
import { enableApp } from '#lib/domain/connected-apps/enable-app'
import { enableApps } from '#lib/domain/connected-apps/enable-apps'
import { endKey } from '#lib/domain/connected-apps/end-key'
import { endSecret } from '#lib/domain/connected-apps/end-secret'
import { handOverSecrets } from '#lib/domain/connected-apps/hand-over-secrets'
import { moveApp } from '#lib/domain/connected-apps/move-app'
import { previewBulkRotation } from '#lib/domain/connected-apps/preview-bulk-rotation'
import { removeLogo as removeLogoOf } from '#lib/domain/connected-apps/remove-logo'
import { renameSecret } from '#lib/domain/connected-apps/rename-secret'
import { rotateSecret } from '#lib/domain/connected-apps/rotate-secret'
import { setContexts } from '#lib/domain/connected-apps/set-contexts'
import { setIntrospection } from '#lib/domain/connected-apps/set-introspection'
import { setJwksUri } from '#lib/domain/connected-apps/set-jwks-uri'
import { startBulkRotation } from '#lib/domain/connected-apps/start-bulk-rotation'
import { updateApp } from '#lib/domain/connected-apps/update-app'
import { revokeApp } from '#lib/domain/installations/revoke-app'
import { consoleAction } from '#lib/gateways/console/action'

export const create = consoleAction(createApp)
export const update = consoleAction(updateApp)
export const move = consoleAction(moveApp)
export const placeScopes = consoleAction(setContexts)
export const rotate = consoleAction(rotateSecret)
export const rename = consoleAction(renameSecret)
/** More chosen apps than an address names are asked about like this. */
export const previewRotation = consoleAction(previewBulkRotation)
export const rotateTogether = consoleAction(startBulkRotation)
export const takeSecrets = consoleAction(handOverSecrets)
export const dismissMark = consoleAction(dismissRotationMark)
export const end = consoleAction(endSecret)
export const giveKeys = consoleAction(addKeys)
export const endOneKey = consoleAction(endKey)
export const publishKeysAt = consoleAction(setJwksUri)
export const disable = consoleAction(disableApp)
export const revoke = consoleAction(revokeApp)
export const removeLogo = consoleAction(removeLogoOf)
export const enable = consoleAction(enableApp)
export const letIntrospect = consoleAction(setIntrospection)
export const remove = consoleAction(deleteApp)
export const disableSelected = consoleAction(disableApps)
export const enableSelected = consoleAction(enableApps)
export const handOverSelected = consoleAction(changeOwnerOfApps)
