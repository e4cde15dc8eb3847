import { randomBytes } from 'node:crypto'
import type { Transaction } from '#db/client'
import { tokenFamilies, tokens } from '#db/schema/authorizations'
import { hashToken } from '#lib/base/secrets'
import type { App } from './apps.ts'
import type { Authorization } from './authorizations.ts'
import { DAY, HOUR, idAt, later } from './moments.ts'
import type { World } from './world.ts'

const ACCESS_TOKEN_LIVES = HOUR
const REFRESH_TOKEN_LIVES = 90 * DAY
/** Someone who signs in at a second browser begins a second family. */
const FAMILIES_MAX = 3
const ENDED_FAMILY_SHARE = 0.06

type FamilyRow = typeof tokenFamilies.$inferInsert
type TokenRow = typeof tokens.$inferInsert
export type EndedFamily = { id: FamilyRow['id']; authorization: Authorization; at: Date; reason: string }

/** The families and tokens behind the yeses. Nobody holds their values: what is stored are hashes of chance. Returns families that ended. */
export async function insertTokens(
  tx: Transaction,
  authorizations: readonly Authorization[],
  world: World,
): Promise<EndedFamily[]> {
  const families = authorizations.flatMap((authorization) => familiesOf(authorization, world))
  await tx.insert(tokenFamilies).values(families.map(({ row }) => row))
  const held = families.flatMap(({ row, authorization }) => tokensOf(row, authorization, world))
  await tx.insert(tokens).values([...held, ...ownTokens(world)])
  return families.flatMap(({ row, authorization }) =>
    row.endedAt && row.endedReason && !authorization.ended
      ? { id: row.id, authorization, at: row.endedAt, reason: row.endedReason }
      : [],
  )
}

function familiesOf(authorization: Authorization, { chance }: World) {
  const { createdAt, lastUsedAt, scopes, ip, userAgent, ended } = authorization
  const count = 1 + chance.below(FAMILIES_MAX)
  return Array.from({ length: count }, (_, place) => {
    const isLatest = place === count - 1
    const start =
      place === 0 ? createdAt : new Date(chance.between(createdAt.getTime(), lastUsedAt.getTime()))
    const used = isLatest ? lastUsedAt : new Date(chance.between(start.getTime(), lastUsedAt.getTime()))
    const isOver = !isLatest && chance.happens(ENDED_FAMILY_SHARE)
    const row: FamilyRow = {
      id: idAt('tokenFamily', start),
      authorizationId: authorization.id,
      scopes: [...scopes],
      createdAt: start,
      ip,
      userAgent,
      lastUsedAt: used,
      endedAt: ended?.at ?? (isOver ? later(used, HOUR) : null),
      endedReason: ended ? 'removed' : isOver ? chance.pick(['revoked-by-app', 'reuse'] as const) : null,
    }
    return { row, authorization }
  })
}

/** What a family would hold today: a refresh token while it may still be used, an access token while it is fresh. */
function tokensOf(
  family: FamilyRow,
  { installation, lastUsedAt }: Authorization,
  { clock }: World,
): TokenRow[] {
  const { app } = installation
  const issuedAt = family.lastUsedAt ?? lastUsedAt
  const held = { appId: app.id, familyId: family.id, issuedAt, payload: {} }
  const rows: TokenRow[] = []
  if (later(issuedAt, ACCESS_TOKEN_LIVES) > clock.now) {
    rows.push({
      ...held,
      kind: 'access-token',
      hash: chanceHash(),
      expiresAt: later(issuedAt, ACCESS_TOKEN_LIVES),
    })
  }
  if (app.scopes.includes('offline_access') && later(issuedAt, REFRESH_TOKEN_LIVES) > clock.now) {
    rows.push({
      ...held,
      kind: 'refresh-token',
      hash: chanceHash(),
      expiresAt: later(issuedAt, REFRESH_TOKEN_LIVES),
    })
  }
  return rows
}

function ownTokens({ apps, clock }: World): TokenRow[] {
  return [...apps.values()].flatMap((app) => {
    const issuedAt = app.actsAs === 'itself' ? app.lastUsedAt : null
    const expiresAt = issuedAt && later(issuedAt, ACCESS_TOKEN_LIVES)
    return expiresAt && expiresAt > clock.now ? [ownToken(app, issuedAt, expiresAt)] : []
  })
}

function ownToken({ id }: App, issuedAt: Date, expiresAt: Date): TokenRow {
  const kind = 'client-credentials' as const
  return { kind, hash: chanceHash(), appId: id, appEpoch: 0, issuedAt, expiresAt, payload: {} }
}

function chanceHash(): Buffer {
  return hashToken(randomBytes(32).toString('base64url'))
}
