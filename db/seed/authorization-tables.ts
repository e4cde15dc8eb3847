import { readTable } from './read-table.ts'

/**
 * Which apps the people of a root organization use. `since` is the first yes, `used` the latest use. `without` are scopes
 * the app asks for that were never granted; `with` are people who are sure to be among them. Marks:
 * removed=<when>: removed for everyone then, and authorized anew · blocked=<when> · frozen=<when> ·
 * unblocked=<when>, after a block · widened=<scope>@<when>: asked for from then on
 */
export const AUTHORIZED_APPS = readTable(
  ['root', 'app', 'people', 'since', 'used', 'without', 'with', 'marks'],
  `
  northwind | order-desk          | 28 | 520d | 1m  |                                | maya ben tom clara |
  northwind | sheetbridge         | 23 | 518d | 1m  |                                | maya jonas ben noah| widened=files:write@92d
  northwind | warehouse-scanner   | 17 | 470d | 5m  |                                | yusuf anna liam mei hana viktor ben |
  northwind | deskline-support    | 15 | 495d | 26m |                                | maya fatima clara  |
  northwind | parcelwise          | 12 | 512d | 3m  | shipments:write customers:read | maya sofia tom     |
  northwind | care-console        | 9  | 440d | 3m  |                                | amara fatima oscar julia samuel clara |
  northwind | signwell-desk       | 9  | 118d | 1h  |                                | maya priya         |
  northwind | meetly-notes        | 7  | 366d | 12m |                                | maya lucas         | removed=240d
  northwind | intranet-search     | 14 | 360d | 19m |                                | daniel             |
  northwind | supplier-portal     | 6  | 490d | 34m |                                | lucas tom          |
  northwind | ledgerline-sync     | 8  | 500d | 2m  |                                | priya ines rosa jonas tom |
  northwind | invoice-archive     | 6  | 436d | 4m  |                                | ines grace pavel   |
  northwind | route-planner       | 7  | 285d | 8m  |                                | hana sofia emeka lena mateo |
  northwind | ticket-triage       | 5  | 250d | 11m |                                | amara oscar julia  |
  northwind | sales-dashboard     | 4  | 390d | 45m |                                | isabel henry julia aisha |
  northwind | meeting-rooms       | 11 | 330d | 5h  |                                | daniel             |
  northwind | mapflow-routes      | 5  | 290d | 22h | customers:read                 | sofia lena         |
  northwind | pallet-labels       | 4  | 155d | 31m |                                | anna kenji         |
  northwind | expense-reader      | 5  | 86d  | 50m |                                | rosa jonas         |
  northwind | quote-builder       | 3  | 208d | 2h  |                                | henry isabel daniel|
  northwind | stackmeter          | 4  | 400d | 27h |                                | maya noah          |
  northwind | meetly-rooms        | 3  | 255d | 33h |                                | aisha              |
  northwind | formcase            | 3  | 270d | 12d |                                | oscar fatima       |
  northwind | currency-watch      | 2  | 74d  | 40d |                                | priya grace        |
  northwind | payables-mailroom   | 4  | 345d | 28h |                                | jonas grace        |
  northwind | budget-planner      | 4  | 176d | 6h  |                                | rosa ines          |
  northwind | expense-cards       | 6  | 465d | 62d |                                | maya jonas         |
  northwind | dock-booking        | 3  | 200d | 2h  |                                | kenji emeka        |
  northwind | shift-roster        | 4  | 215d | 7h  |                                | viktor liam        | unblocked=180d
  northwind | returns-kiosk       | 3  | 185d | 21h |                                | samuel fatima      |
  northwind | customer-feedback   | 2  | 136d | 2d  |                                | amara              |
  northwind | price-watch         | 2  | 296d | 3h  |                                | daniel henry       |
  northwind | label-printer-agent | 2  | 46d  | 12h |                                | anna yusuf         |
  northwind | handheld-updater    | 2  | 126d | 3d  |                                | viktor             |
  northwind | contract-finder     | 2  | 425d | 213d|                                | lucas aisha        |
  northwind | legacy-intranet     | 9  | 530d | 150d|                                | priya tom          |
  northwind | old-timesheets      | 8  | 490d | 260d|                                | oscar fatima clara |
  northwind | clipboard-genie     | 4  | 315d | 2d  |                                | henry              | frozen=2d
  northwind | shadow-sync         | 5  | 380d | 33d |                                | emeka              | blocked=33d
  kestrel   | kestrel-insights    | 5  | 415d | 18m |                                | elif noah          |
  kestrel   | sheetbridge         | 4  | 370d | 2h  | invoices:write                 | noah elif          |
  kestrel   | kestrel-status      | 6  | 255d | 9m  |                                | noah               |
  kestrel   | signwell-desk       | 3  | 335d | 6h  |                                | marcus             |
  kestrel   | deskline-support    | 3  | 300d | 3d  |                                | leila hugo         |
  kestrel   | meetly-notes        | 4  | 200d | 25m |                                | noah tara          |
  kestrel   | price-watch         | 1  | 60d  | 8d  |                                | elif               |
  kestrel   | dataferry           | 2  | 145d | 70d |                                | hugo               | blocked=68d
  kestrel   | kestrel-field-notes | 2  | 33d  | 7h  |                                | tara hugo          |
  kestrel   | quillboard          | 2  | 92d  | 9d  |                                | tara leila         |
  kestrel   | hireloop            | 2  | 115d | 31d |                                | marcus leila       |
  sheetbridge | sheetbridge-admin | 1  | 299d | 4h  |                                | dana               |
  deskline  | deskline-mobile     | 1  | 205d | 5h  |                                | owen               |
  deskline  | deskline-support    | 1  | 499d | 4h  |                                | owen               |
`,
)

/** Single yeses that ended while others went on. */
export const REMOVED_ONES = readTable(
  ['root', 'app', 'person', 'from', 'until', 'by'],
  `
  northwind | sheetbridge      | priya  | 400d | 260d | priya
  northwind | sheetbridge      | hana   | 333d | 75d  | hana
  northwind | parcelwise       | viktor | 300d | 41d  | aisha
  northwind | deskline-support | rosa   | 210d | 66d  | rosa
  northwind | order-desk       | ravi   | 25d  | 24d  | ravi
  northwind | stackmeter       | jonas  | 380d | 12d  | jonas
  northwind | meetly-rooms     | maya   | 180d | 33d  | maya
  northwind | signwell-desk    | henry  | 100d | 8d   | priya
  kestrel   | sheetbridge      | marcus | 250d | 90d  | marcus
`,
)
