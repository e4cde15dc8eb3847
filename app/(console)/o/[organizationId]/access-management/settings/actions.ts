'use server'

import { endEnvironment } from '#lib/domain/offboarding/end-environment'
import { createEnvironment } from '#lib/domain/organizations/create-environment'
import { updateEnvironment } from '#lib/domain/organizations/update-environment'
import { updateOrganization } from '#lib/domain/organizations/update-organization'
import { consoleAction } from '#lib/gateways/console/action'

export const save = consoleAction(updateOrganization)
export const createLabel = consoleAction(createEnvironment)
export const changeLabel = consoleAction(updateEnvironment)
export const endLabel = consoleAction(endEnvironment)
