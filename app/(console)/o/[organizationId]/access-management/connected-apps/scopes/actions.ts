'use server'

import { createApi } from '#lib/domain/connected-apps/create-api'
import { createScope } from '#lib/domain/connected-apps/create-scope'
import { endApi } from '#lib/domain/connected-apps/end-api'
import { endScope } from '#lib/domain/connected-apps/end-scope'
import { updateApi } from '#lib/domain/connected-apps/update-api'
import { updateScope } from '#lib/domain/connected-apps/update-scope'
import { consoleAction } from '#lib/gateways/console/action'

export const addApi = consoleAction(createApi)
export const changeApi = consoleAction(updateApi)
export const closeApi = consoleAction(endApi)
export const addScope = consoleAction(createScope)
export const changeScope = consoleAction(updateScope)
export const closeScope = consoleAction(endScope)
