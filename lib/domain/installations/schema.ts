import { z } from 'zod'
import { appIdSchema } from '../connected-apps/schema.ts'
import { organizationIdSchema } from '../organizations/schema.ts'

/** Names an app as one root organization sees it. */
export const installationOfSchema = z.object({
  rootOrganizationId: organizationIdSchema,
  appId: appIdSchema,
})
export type InstallationOf = z.input<typeof installationOfSchema>
