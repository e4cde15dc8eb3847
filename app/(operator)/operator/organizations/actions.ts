'use server'

import { createOrganization } from '#lib/domain/organizations/create-organization'
import { limitApps } from '#lib/domain/organizations/limit-apps'
import { resumeOrganization } from '#lib/domain/organizations/resume-organization'
import { suspendOrganization } from '#lib/domain/organizations/suspend-organization'
import { consoleAction } from '#lib/gateways/console/action'

export const create = consoleAction(createOrganization)
export const suspend = consoleAction(suspendOrganization)
export const resume = consoleAction(resumeOrganization)
export const limit = consoleAction(limitApps)
