import { readTable } from './read-table.ts'

/** News that lay in people's mailboxes about their own accounts. Addresses before the change are `former`. */
export const ACCOUNT_NEWS = readTable(
  ['person', 'ago', 'what', 'former'],
  `
  ines    | 24d | email-changed    | ines.o@example.com
  daniel  | 12d | password-changed |
  grace   | 5d  | password-changed |
`,
)

/** Where those who may sign in are signed in besides. */
export const OPEN_BROWSERS = readTable(
  ['person', 'since', 'seen', 'device'],
  `
  priya   | 5d  | 3h  | desk
  priya   | 2d  | 40m | phone
  ines    | 3d  | 2h  | phone
  daniel  | 1d  | 5h  | desk
  maya    | 4d  | 1h  | phone
  elif    | 6d  | 7h  | desk
`,
)
