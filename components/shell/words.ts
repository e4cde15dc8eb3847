/** The words of the shell itself, in one place so that they can be translated. */
export const shellWords = {
  skip: 'Skip to the content',
  navigation: 'Main',
  openMenu: 'Open the menu',
  closeMenu: 'Close the menu',
  menu: 'Menu',
  switchOrganization: ', switch organization',
  organizations: 'Organizations',
  account: (name: string) => `Account of ${name}`,
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  signOut: 'Sign out',
  changedElsewhere: 'Something here changed elsewhere.',
  showChanges: 'Show',
  reconnecting: 'Reconnecting. What you see may be out of date.',
  offline: 'You are offline.',
  offlineDetail: 'What you see may be out of date. It refreshes when the connection is back.',
} as const
