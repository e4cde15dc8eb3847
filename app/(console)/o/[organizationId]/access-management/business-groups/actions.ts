'use server'

import { deleteBusinessGroup } from '#lib/domain/offboarding/delete-business-group'
import { moveBusinessGroup } from '#lib/domain/offboarding/move-business-group'
import { createBusinessGroup } from '#lib/domain/organizations/create-business-group'
import { updateOrganization } from '#lib/domain/organizations/update-organization'
import { consoleAction } from '#lib/gateways/console/action'

export const create = consoleAction(createBusinessGroup)
export const rename = consoleAction(updateOrganization)
export const move = consoleAction(moveBusinessGroup)
export const remove = consoleAction(deleteBusinessGroup)
