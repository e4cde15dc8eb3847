/** Where the console's pages are, in one place. */
export const connectedAppsPath = (organizationId: string) =>
  `/o/${organizationId}/access-management/connected-apps`
export const ownedAppsPath = (organizationId: string) => `${connectedAppsPath(organizationId)}/owned-apps`
export const ownedAppPath = (organizationId: string, appId: string) =>
  `${ownedAppsPath(organizationId)}/${appId}`
/** Where many secrets are rotated at once, and where one such rotation is watched. */
export const rotateManyPath = (organizationId: string) => `${ownedAppsPath(organizationId)}/rotation`
export const bulkRotationPath = (organizationId: string, bulkRotationId: string) =>
  `${rotateManyPath(organizationId)}/${bulkRotationId}`
export const authorizationsPath = (organizationId: string) =>
  `${connectedAppsPath(organizationId)}/authorizations`
/** The receipt of one removal. */
export const removalPath = (organizationId: string, removalId: string) =>
  `${authorizationsPath(organizationId)}/removals/${removalId}`
export const scopesPath = (organizationId: string) => `${connectedAppsPath(organizationId)}/scopes`
export const policyPath = (organizationId: string) => `${connectedAppsPath(organizationId)}/policy`
export const allowlistPath = (organizationId: string) => `${policyPath(organizationId)}/allowlist`
export const whatIfPath = (organizationId: string) => `${policyPath(organizationId)}/what-if`
export const requestsPath = (organizationId: string) => `${policyPath(organizationId)}/requests`
/** What happens where an app asks for more than is approved, and who answers. */
export const rulesPath = (organizationId: string) => `${policyPath(organizationId)}/rules`
export const businessGroupsPath = (organizationId: string) =>
  `/o/${organizationId}/access-management/business-groups`
export const settingsPath = (organizationId: string) => `/o/${organizationId}/access-management/settings`
/** Where an app is put on the allowlist, or its entry grows. */
export const allowMoreHref = (organizationId: string, clientId: string) =>
  `${allowlistPath(organizationId)}?${new URLSearchParams({ add: 'app', 'client-id': clientId })}`
/** One entry, found by the app's client ID wherever it stands in the list. */
export const entryHref = (organizationId: string, app: { id: string; clientId: string }) =>
  `${allowlistPath(organizationId)}?${new URLSearchParams({ q: app.clientId, app: app.id })}`
export const peoplePath = (organizationId: string) => `/o/${organizationId}/access-management/people`
export const personPath = (organizationId: string, userId: string) =>
  `${peoplePath(organizationId)}/${userId}`
export const invitationsPath = (organizationId: string) => `${peoplePath(organizationId)}/invitations`
export const groupsPath = (organizationId: string) => `${peoplePath(organizationId)}/groups`
export const groupPath = (organizationId: string, groupId: string) =>
  `${groupsPath(organizationId)}/${groupId}`
/** What scripts can do, and one of those things. */
export const apiPath = (organizationId: string) => `/o/${organizationId}/access-management/api`
export const apiOperationPath = (organizationId: string, operation: string) =>
  `${apiPath(organizationId)}/${operation}`
export const auditLogPath = (organizationId: string) => `/o/${organizationId}/access-management/audit-log`
export const auditExportPath = (organizationId: string) => `${auditLogPath(organizationId)}/export`
