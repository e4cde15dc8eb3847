import { readTable } from './read-table.ts'

/**
 * Apps whose secrets have a story: a hand-over that is finished (safe to delete), five live ones, one never used, one
 * nearly ended, all ended. `ends` is `+6d` (still to come), `-150d` (past) or empty; `ended` is when somebody ended it.
 */
export const SECRET_STORIES = readTable(
  ['app', 'name', 'made', 'by', 'source', 'ends', 'ended', 'used', 'from'],
  `
  ledgerline-sync | Production, {month} | 5d   | priya  | generated |       |     | 2m  | 203.0.113.24
  ledgerline-sync | Production, {month} | 197d | tom    | generated | +6d   |     | 4d  | 203.0.113.24
  ledgerline-sync | Staging runner      | 264d | ines   | chosen    | +101d |     | 5h  | 198.51.100.7
  ledgerline-sync | First one           | 505d | tom    | generated | -196d |     | 199d| 203.0.113.24
  quote-builder   | Registered          | 210d |        | generated | +29d  |     | 2h  | 198.51.100.40
  contract-finder | Production          | 430d | lucas  | generated |       | 213d| 214d| 203.0.113.61
  contract-finder | Production, {month} | 214d | lucas  | generated | -31d  |     | 213d| 203.0.113.61
  invoice-archive | Archive node 1      | 440d | rosa   | generated |       |     | 4m  | 192.0.2.11
  invoice-archive | Archive node 2      | 439d | rosa   | generated |       |     | 6m  | 192.0.2.12
  invoice-archive | Scanner room        | 300d | rosa   | chosen    |       |     | 3h  | 192.0.2.40
  invoice-archive | Audit export        | 120d | ines   | generated | +61d  |     | 19d | 198.51.100.90
  invoice-archive | Disaster recovery   | 30d  | ines   | generated |       |     | -   |
  tax-filing-bridge | Production, {month} | 11d | ines  | generated |       |     | -   |
  tax-filing-bridge | Production, {month} | 333d | ines | generated |       |     | 26h | 203.0.113.88
  ticket-triage   | Production, {month} | 1h   | amara  | generated |       |     | 11m | 192.0.2.77
  ticket-triage   | Production, {month} | 255d | amara  | generated | +23h  |     | 1h  | 192.0.2.77
  legacy-intranet | Production          | 532d | aisha  | generated |       | 120d| 150d| 203.0.113.5
  kestrel-insights| Blue                | 64d  | marcus | generated |       |     | 18m | 198.51.100.130
  kestrel-insights| Green               | 155d | marcus | generated | +1h   |     | 9d  | 198.51.100.130
`,
)
