'use server'

import { createApp } from '#lib/domain/connected-apps/create-app'
import { deleteApp } from '#lib/domain/connected-apps/delete-app'
import { disableApp } from '#lib/domain/connected-apps/disable-app'
import { enableApp } from '#lib/domain/connected-apps/enable-app'
import { endSecret } from '#lib/domain/connected-apps/end-secret'
import { rotateSecret } from '#lib/domain/connected-apps/rotate-secret'
import { setContexts } from '#lib/domain/connected-apps/set-contexts'
import { setIntrospection } from '#lib/domain/connected-apps/set-introspection'
import { updateApp } from '#lib/domain/connected-apps/update-app'
import { consoleAction } from '#lib/gateways/console/action'

export const create = consoleAction(createApp)
export const update = consoleAction(updateApp)
export const placeScopes = consoleAction(setContexts)
export const rotate = consoleAction(rotateSecret)
export const end = consoleAction(endSecret)
export const disable = consoleAction(disableApp)
export const enable = consoleAction(enableApp)
export const letIntrospect = consoleAction(setIntrospection)
export const remove = consoleAction(deleteApp)
