import { readTable } from './read-table.ts'

/** Groups of people, by whom they were made and who is in them. */
export const GROUPS = readTable(
  ['key', 'organization', 'name', 'description', 'by', 'since', 'people'],
  `
  buyers     | northwind | Buyers            | Who may order from suppliers.                                | priya  | 300d | maya jonas grace sofia emeka
  month-end  | northwind | Month-end team    | Finance and warehousing, for the first three days of a month. | ines   | 210d | ines rosa maya pavel yusuf
  on-call    | northwind | On-call engineers | Who is woken when an integration stops.                       | aisha  | 150d | daniel lucas kenji
  pilots     | northwind | Pilot users       | First to try what is new.                                     | priya  | 40d  | fatima julia ravi
  reviewers  | kestrel   | Reviewers         | Read every change of a published app.                         | elif   | 200d | marcus noah tara
`,
)

/** Invitations: open unless somebody accepted or withdrew them. */
export const INVITATIONS = readTable(
  ['email', 'organization', 'role', 'quota', 'by', 'sent', 'outcome'],
  `
  nadia.petrov@example.com    | finance   | developer     | 3 | priya | 2d  |
  sam.oduya@example.com       | northwind | member        |   | aisha | 5h  |
  carla.mendes@example.com    | sales     | member        |   | priya | 4d  |
  erik.lund@example.com       | logistics | administrator |   | aisha | 19d |
  ravi.patel@example.com      | northwind | member        |   | priya | 27d | accepted=ravi
  wrong.address@example.com   | care      | member        |   | priya | 33d | withdrawn
  nils.berg@example.com       | kestrel   | developer     | 5 | elif  | 3d  |
`,
)

/** How many apps a developer may own in a place and below it. */
export const QUOTAS = readTable(
  ['person', 'organization', 'most'],
  `
  lucas  | northwind | 12
  kenji  | logistics | 8
  isabel | sales     | 2
  tara   | labs      | 6
`,
)
