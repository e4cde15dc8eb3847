import { generateKeyPairSync } from 'node:crypto'
import type { Transaction } from '#db/client'
import { appKeys } from '#db/schema/connected-apps'
import { readKeys } from '#lib/domain/connected-apps/read-keys'
import { idAt } from './moments.ts'
import { readTable } from './read-table.ts'
import { named, type World } from './world.ts'

/** Public keys beside secrets: one in use, one that ends soon, one that was replaced. `ends` is still to come; `ended` is when somebody ended it. */
const KEYS = readTable(
  ['app', 'name', 'kid', 'made', 'by', 'ends', 'ended', 'used', 'from'],
  `
  ledgerline-sync | Ledger server    | ledgerline-2026-09 | 78d  | priya  |      |     | 3h | 203.0.113.24
  month-end-close | Close runner     | close-2026         | 320d | ines   | +27d |     | 5h | 198.51.100.7
  month-end-close | Old close runner | close-2025         | 325d | ines   |      | 300d| 301d | 198.51.100.7
`,
)

/** Gives a few apps public keys. Their private halves are forgotten at once: nobody signs in the demo. */
export async function insertKeys(tx: Transaction, { apps, people, clock, chronicle }: World): Promise<void> {
  const rows = KEYS.map((row) => {
    const [app, by] = [named(apps, row.app), named(people, row.by)]
    const [createdAt, endedAt] = [clock.ago(row.made), row.ended ? clock.ago(row.ended) : null]
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const read = readKeys(JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid: row.kid }))
    const [key] = 'keys' in read ? read.keys : []
    if (!key) throw new Error('A key of the demo cannot be read.')
    const id = idAt('appKey', createdAt)
    const about = { where: app.organization, app, subject: app, by }
    const details = { keyId: id, keyName: row.name, kid: row.kid }
    chronicle.tell({ at: createdAt, name: 'connected-app.key-added', ...about, details })
    if (endedAt) chronicle.tell({ at: endedAt, name: 'connected-app.key-ended', ...about, details })
    return {
      id,
      appId: app.id,
      name: row.name,
      kid: row.kid,
      publicJwk: key.jwk,
      createdBy: by.id,
      createdAt,
      expiresAt: row.ends ? clock.ahead(row.ends.slice(1)) : null,
      endedAt,
      endedBy: endedAt && by.id,
      lastUsedAt: clock.agoOrNever(row.used),
      lastUsedIp: row.from,
    }
  })
  await tx.insert(appKeys).values(rows)
}
