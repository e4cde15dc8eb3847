import { readTable } from './read-table.ts'

/** Each root organization's policy now, and how it came to it. A root that is not here has never touched its own. */
export const POLICY_CHANGES = readTable(
  ['root', 'when', 'by', 'before', 'after'],
  `
  northwind | 150d | priya  | unrestricted | restricted
  kestrel   | 200d | elif   | unrestricted | restricted
  kestrel   | 171d | marcus | restricted   | unrestricted
  deskline  | 60d  | owen   | unrestricted | closed
`,
)

/**
 * The application allowlists, with entries that are no longer. `without` are scopes the app asks for that are not
 * allowed; `widened` says when an entry grew. A seeded entry is as old as the switch to Restricted.
 */
export const ENTRIES = readTable(
  ['root', 'app', 'origin', 'since', 'by', 'without', 'widened', 'ended'],
  `
  northwind | sheetbridge      | seeded        | 150d | priya |                                | files:write@92d aisha |
  northwind | parcelwise       | seeded        | 150d | priya | shipments:write customers:read |                       |
  northwind | deskline-support | seeded        | 150d | priya |                                |                       |
  northwind | mapflow-routes   | seeded        | 150d | priya | customers:read                 |                       |
  northwind | stackmeter       | seeded        | 150d | priya |                                |                       |
  northwind | meetly-rooms     | seeded        | 150d | priya |                                |                       |
  northwind | clipboard-genie  | seeded        | 150d | priya |                                |                       |
  northwind | shadow-sync      | seeded        | 150d | priya |                                |                       | 33d aisha
  northwind | meetly-notes     | seeded        | 150d | priya |                                |                       | 45d aisha
  northwind | formcase         | seeded        | 150d | priya |                                |                       | 30d priya
  northwind | signwell-desk    | request       | 119d | aisha |                                |                       |
  northwind | currency-watch   | request       | 75d  | priya |                                |                       |
  northwind | deskline-mobile  | administrator | 100d | aisha |                                |                       |
  northwind | team-calendar    | administrator | 3d   | priya | calendar:write                 |                       |
  kestrel   | sheetbridge      | seeded        | 200d | elif  | invoices:write                 |                       |
  kestrel   | signwell-desk    | seeded        | 200d | elif  |                                |                       |
  kestrel   | deskline-support | seeded        | 200d | elif  |                                |                       |
  kestrel   | meetly-rooms     | administrator | 190d | marcus|                                |                       |
`,
)

/** What was said of entries later: until when they are good, and for which group of people. */
export const LIMITS = readTable(
  ['root', 'app', 'when', 'by', 'until', 'group'],
  `
  northwind | team-calendar  | 2d  | priya | -   | Pilot users
  northwind | signwell-desk  | 9d  | aisha | -   | Month-end team
  northwind | currency-watch | 20d | aisha | 41d | -
`,
)

/** Administrators of business groups who answer requests, too. */
export const REVIEWERS = readTable(
  ['root', 'person', 'when', 'by'],
  `
  northwind | ines | 60d | priya
`,
)

/**
 * What people were blocked on. `scopes` are the scopes beyond sign-in that were asked for, or `all` of the app's.
 * A request without an `answer` waits, ran out 30 days after it was made, or is a draft that nobody requested yet.
 */
export const REQUESTS = readTable(
  ['key', 'root', 'app', 'drafted', 'scopes', 'answer', 'reason', 'seen'],
  `
  parcelwise | northwind | parcelwise          | 5h   | all | |                                |
  meetly     | northwind | meetly-notes        | 26h  | all | |                                |
  formcase   | northwind | formcase            | 27h  | all | |                                |
  mapflow    | northwind | mapflow-routes      | 3d   | all | |                                | Mapflow@www.mapflow.example
  insight    | northwind | dataferry           | 28d  | orders:read customers:read | |         |
  contract   | northwind | signwell-desk       | 6h   | all | |                                |
  sheets     | northwind | sheetbridge         | 93d  | all | approved aisha 92d | |
  signwell   | northwind | signwell-desk       | 121d | all | approved aisha 119d |             |
  currency   | northwind | currency-watch      | 77d  | all | approved priya 75d |              |
  hireloop   | northwind | hireloop            | 42d  | all | declined priya 40d | Hiring runs through the people team’s own tool. Ask them for a seat. |
  ferry      | northwind | dataferry           | 29d  | customers:write customers:read | declined aisha 28d | Changing customer records needs a contract first. |
  quill      | northwind | quillboard          | 12d  | files:read | withdrawn lena 11d |      |
  old-quill  | northwind | quillboard          | 47d  | files:write | |                        |
  notes      | northwind | kestrel-field-notes | 2h   | all | |                                |
`,
)

/** Who pressed Request, when and why. A request without any is a draft, made by `drafter`. */
export const REQUESTERS = readTable(
  ['request', 'person', 'when', 'reason'],
  `
  parcelwise | maya   | 12m  | We book by hand until this works, about 60 parcels a day.
  parcelwise | sofia  | 40m  | Same as Maya. Peak season starts Monday.
  parcelwise | jonas  | 2h   | Need the label costs per customer.
  parcelwise | hana   | 5h   |
  meetly     | daniel | 2h   | Planning meetings with the carriers, nobody takes notes.
  meetly     | henry  | 3h   | For customer calls.
  meetly     | julia  | 5h   |
  meetly     | isabel | 7h   | Sales uses it in every pitch.
  meetly     | ravi   | 20h  | My predecessor had it.
  meetly     | amara  | 25h  | Interviews with customers, with their consent.
  formcase   | samuel | 26h  | Return survey for the holiday season.
  formcase   | julia  | 27h  |
  mapflow    | emeka  | 3d   | The new version shows customers on the map.
  insight    | pavel  | 28d  | Quarterly report, read only this time.
  contract   | henry  | 6h   | A customer wants the framework contract signed this week.
  sheets     | jonas  | 93d  | Write results back into the shared sheets.
  sheets     | grace  | 93d  |
  signwell   | maya   | 120d | Supplier contracts, signed on paper today.
  signwell   | priya  | 120d |
  currency   | grace  | 76d  | Daily rates for the ledger.
  hireloop   | viktor | 42d  | We look for two people for the night shift.
  ferry      | henry  | 29d  | Cleaning up duplicate customers.
  quill      | lena   | 12d  | Team wiki.
  old-quill  | mateo  | 46d  | Just trying it out.
`,
)

/** Who was blocked where nobody has pressed Request. */
export const DRAFTERS = readTable(
  ['request', 'person'],
  `
  notes | oscar
`,
)
