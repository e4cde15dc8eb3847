'use server'

import { createApp } from '#lib/domain/connected-apps/create-app'
import { deleteApp } from '#lib/domain/connected-apps/delete-app'
import { disableApp } from '#lib/domain/connected-apps/disable-app'
import { enableApp } from '#lib/domain/connected-apps/enable-app'
import { endSecret } from '#lib/domain/connected-apps/end-secret'
import { handOverSecrets } from '#lib/domain/connected-apps/hand-over-secrets'
import { renameSecret } from '#lib/domain/connected-apps/rename-secret'
import { rotateSecret } from '#lib/domain/connected-apps/rotate-secret'
import { setContexts } from '#lib/domain/connected-apps/set-contexts'
import { setIntrospection } from '#lib/domain/connected-apps/set-introspection'
import { startBulkRotation } from '#lib/domain/connected-apps/start-bulk-rotation'
import { updateApp } from '#lib/domain/connected-apps/update-app'
import { consoleAction } from '#lib/gateways/console/action'

export const create = consoleAction(createApp)
export const update = consoleAction(updateApp)
export const placeScopes = consoleAction(setContexts)
export const rotate = consoleAction(rotateSecret)
export const rename = consoleAction(renameSecret)
export const rotateTogether = consoleAction(startBulkRotation)
export const takeSecrets = consoleAction(handOverSecrets)
export const end = consoleAction(endSecret)
export const disable = consoleAction(disableApp)
export const enable = consoleAction(enableApp)
export const letIntrospect = consoleAction(setIntrospection)
export const remove = consoleAction(deleteApp)
