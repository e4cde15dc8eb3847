import { readTable } from './read-table.ts'

/**
 * Every app of the demo. `kind` is who it acts for and what it is: `itself`, or on behalf of users a `server`, a `browser`
 * or a `native` app. `secret` is the age of its one secret, `own` where `secrets.ts` tells the story, `-` for none.
 * Apps on behalf of users also ask for `openid` and `profile`; the scope `administrator` stands for all an administrator's. Marks:
 * everyone · due=<since> · disabled=<when> · deleted=<when> · from=<former owner>@<when> · dynamic=<registering app> ·
 * api · no-pkce · introspects · device
 */
const COLUMNS = [
  'name',
  'organization',
  'owner',
  'kind',
  'since',
  'used',
  'secret',
  'marks',
  'scopes',
] as const

export const NORTHWIND_APPS = readTable(
  COLUMNS,
  `
  Order Desk               | northwind   | daniel | server  | 521d | 1m   | 41d  |                            | email offline_access orders:read orders:write customers:read
  Supplier Portal          | northwind   | lucas  | server  | 498d | 34m  | 88d  | everyone                   | email offline_access orders:read shipments:read
  Price Watch              | northwind   | daniel | server  | 300d | 3h   | 61d  | everyone                   | offline_access orders:read
  Quote Builder            | northwind   | daniel | server  | 210d | 2h   | own  | dynamic=supplier-portal    | offline_access orders:read customers:read
  Contract Finder          | northwind   | lucas  | server  | 430d | 213d | own  |                            | files:read
  Team Calendar            | northwind   | daniel | server  | 4d   | -    | 4d   |                            | email calendar:read calendar:write
  Meeting Rooms            | northwind   | aisha  | browser | 333d | 5h   | -    |                            | calendar:read calendar:write
  Intranet Search          | northwind   | lucas  | server  | 366d | 19m  | 120d | no-pkce                    | files:read offline_access
  Nightly Exports          | northwind   | daniel | itself  | 460d | 9h   | 33d  |                            | orders:read customers:read invoices:read
  Northwind API Gateway    | northwind   | aisha  | itself  | 530d | 1m   | 70d  |                            |
  Security Event Collector | northwind   | aisha  | itself  | 240d | 2m   | 24d  | introspects                | audit:read
  Freight Rates Import     | northwind   | priya  | itself  | 380d | 3h   | 290d | from=tom@21d due=21d       | shipments:read shipments:track
  Ledgerline Sync          | finance     | priya  | server  | 505d | 2m   | own  | from=tom@21d               | email offline_access invoices:read invoices:write
  Expense Cards            | finance     | priya  | server  | 470d | 62d  | 410d | from=tom@21d due=21d disabled=60d | offline_access invoices:read
  Payables Mailroom        | finance     | priya  | server  | 350d | 28h  | 350d | from=tom@21d due=21d       | email offline_access invoices:read files:read
  Invoice Archive          | finance     | ines   | server  | 440d | 4m   | own  | from=rosa@9d due=9d        | offline_access invoices:read files:write
  Budget Planner           | finance     | rosa   | browser | 180d | 6h   | -    |                            | email invoices:read
  Expense Reader           | finance     | rosa   | native  | 88d  | 50m  | -    | api                        | offline_access invoices:read files:read
  Month-end Close          | finance     | ines   | itself  | 402d | 14m  | 12d  |                            | invoices:read invoices:write
  Tax Filing Bridge        | finance     | ines   | itself  | 333d | 26h  | own  |                            | invoices:read
  Payment Run              | finance     | ines   | itself  | 150d | 4d   | 150d |                            | invoices:read payments:approve
  Route Planner            | logistics   | hana   | browser | 290d | 8m   | -    |                            | shipments:read shipments:write
  Dock Booking             | logistics   | kenji  | browser | 205d | 2h   | -    |                            | email shipments:read
  Carrier Webhooks         | logistics   | kenji  | itself  | 310d | 34d  | 200d | disabled=33d               | shipments:read shipments:write
  Stock Mirror             | logistics   | kenji  | itself  | 268d | 40m  | 54d  |                            | stock:read stock:write
  Warehouse Scanner        | warehousing | hana   | native  | 476d | 5m   | -    |                            | offline_access stock:read stock:write shipments:read
  Shift Roster             | warehousing | viktor | native  | 220d | 7h   | -    |                            | offline_access calendar:read
  Handheld Updater         | warehousing | viktor | native  | 130d | 3d   | -    | device                     | offline_access stock:read
  Pallet Labels            | warehousing | kenji  | native  | 160d | 31m  | -    |                            | offline_access shipments:read
  Inventory Forecast       | warehousing | kenji  | itself  | 6d   | -    | 6d   |                            | stock:read orders:read
  Label Printer Agent      | warehousing | kenji  | native  | 47d  | 12h  | -    | dynamic=warehouse-scanner  | shipments:read
  Care Console             | care        | amara  | browser | 444d | 3m   | -    |                            | email tickets:read tickets:write customers:read
  Ticket Triage            | care        | amara  | server  | 255d | 11m  | own  |                            | offline_access tickets:read tickets:write
  Returns Kiosk            | care        | amara  | native  | 190d | 21h  | -    |                            | offline_access orders:read orders:write
  Customer Feedback        | care        | lucas  | server  | 140d | 2d   | 140d |                            | email customers:read
  Sales Dashboard          | sales       | isabel | browser | 395d | 45m  | -    |                            | email orders:read customers:read
  Lead Router              | sales       | isabel | itself  | 75d  | 16m  | 75d  | api                        | customers:read customers:write
  Console Automation       | northwind   | priya  | itself  | 90d  | -    | own  |                            | administrator
  Partner Catalogue        | northwind   | lucas  | itself  | 118d | 6h   | 118d | dynamic=supplier-portal    | orders:read
  Legacy Intranet          | northwind   | aisha  | server  | 532d | 150d | own  | deleted=120d               | files:read
  Old Timesheets           | care        | amara  | browser | 500d | 260d | -    | deleted=244d               | calendar:read
`,
)

export const OUTSIDE_APPS = readTable(
  COLUMNS,
  `
  Sheetbridge              | sheetbridge | dana   | server  | 525d | 1m   | 30d  | everyone                   | email offline_access orders:read customers:read invoices:write files:write
  Sheetbridge Admin        | sheetbridge | dana   | browser | 300d | 4h   | -    |                            | email files:read
  Parcelwise               | parcelwise  | stefan | server  | 520d | 3m   | 15d  | everyone                   | offline_access orders:read shipments:read shipments:write customers:read
  Parcelwise Label API     | parcelwise  | stefan | itself  | 420d | 20m  | 92d  |                            | shipments:read
  Deskline Support         | deskline    | owen   | server  | 500d | 26m  | 75d  | everyone                   | email offline_access tickets:read tickets:write
  Deskline Mobile          | deskline    | owen   | native  | 210d | 5h   | -    | everyone                   | offline_access tickets:read
  Meetly Notes             | meetly      | ingrid | server  | 370d | 12m  | 40d  | everyone                   | email offline_access calendar:read calendar:write files:write
  Meetly Rooms             | meetly      | ingrid | browser | 260d | 33h  | -    | everyone                   | calendar:read
  Signwell Desk            | kestrel     | elif   | server  | 340d | 1h   | 100d | everyone                   | offline_access files:read files:write
  Mapflow Routes           | labs        | tara   | server  | 300d | 22h  | 51d  | everyone                   | offline_access shipments:read orders:read customers:read
  Stackmeter               | kestrel     | marcus | browser | 410d | 27h  | -    | everyone                   | email
  Formcase                 | kestrel     | noah   | server  | 280d | 12d  | 66d  | everyone                   | email
  Currency Watch           | labs        | tara   | server  | 190d | 40d  | 190d | everyone                   | invoices:read
  Quillboard               | labs        | tara   | browser | 95d  | 9d   | -    | everyone                   | files:read files:write
  Dataferry                | kestrel     | marcus | server  | 150d | 70d  | 150d | everyone                   | offline_access customers:read customers:write orders:read
  Hireloop                 | kestrel     | marcus | server  | 130d | 31d  | 130d | everyone                   | email calendar:write files:read
  Shadow Sync              | kestrel     | noah   | server  | 390d | 33d  | 390d | everyone                   | offline_access files:write customers:read
  Clipboard Genie          | kestrel     | noah   | browser | 320d | 2d   | -    | everyone                   | files:read customers:read
  Kestrel Field Notes      | labs        | tara   | native  | 35d  | 7h   | -    | everyone                   | offline_access calendar:read files:write
  Kestrel Insights         | platform    | marcus | server  | 420d | 18m  | own  |                            | offline_access telemetry:read
  Kestrel Status           | platform    | noah   | browser | 260d | 9m   | -    |                            | telemetry:read
  Kestrel Build Bot        | platform    | noah   | itself  | 400d | 6m   | 22d  |                            | telemetry:read telemetry:write
  Kestrel Ingest           | platform    | marcus | itself  | 430d | 1m   | 84d  |                            | telemetry:write
`,
)

/** What apps say of themselves. */
export const DESCRIPTIONS = new Map(
  readTable(
    ['app', 'text'],
    `
  order-desk               | Takes and changes orders, for everyone in the house.
  supplier-portal          | Shows suppliers what we ordered and when it is due.
  quote-builder            | Makes quotes from the price list.
  nightly-exports          | Copies orders and invoices to the data warehouse at night.
  northwind-api-gateway    | Checks every token that reaches our APIs.
  security-event-collector | Reads the audit log for the security desk.
  freight-rates-import     | Fetches carriers’ rates every three hours.
  ledgerline-sync          | Keeps the ledger and the order system in step.
  expense-cards            | The former expense cards. Replaced by Expense Reader.
  payables-mailroom        | Reads incoming invoices from the mailroom’s scanner.
  invoice-archive          | Keeps ten years of invoices.
  month-end-close          | Books accruals on the last day of the month.
  payment-run              | Releases approved payments on Tuesdays and Fridays.
  warehouse-scanner        | On the handhelds in all warehouses.
  care-console             | Where Customer Care answers.
  console-automation       | Lets scripts drive the demo.
  sheetbridge              | Brings live business data into spreadsheets.
  parcelwise               | Compares carriers, books parcels and prints their labels.
  deskline-support         | One inbox for support requests.
  meetly-notes             | Takes notes in meetings and files them.
  signwell-desk            | Sends contracts out to be signed.
  mapflow-routes           | Plans delivery routes on a map.
  shadow-sync              | Copies files to wherever you like.
  kestrel-insights         | Charts of device telemetry.
`,
  ).map(({ app, text }) => [app, text]),
)
