'use server'

import { endOperator } from '#lib/domain/users/end-operator'
import { nameOperator } from '#lib/domain/users/name-operator'
import { consoleAction } from '#lib/gateways/console/action'

export const name = consoleAction(nameOperator)
export const end = consoleAction(endOperator)
