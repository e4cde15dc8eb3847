/** Where the console's pages are, in one place. */
export const connectedAppsPath = (organizationId: string) =>
  `/o/${organizationId}/access-management/connected-apps`
export const ownedAppsPath = (organizationId: string) => `${connectedAppsPath(organizationId)}/owned-apps`
export const ownedAppPath = (organizationId: string, appId: string) =>
  `${ownedAppsPath(organizationId)}/${appId}`
