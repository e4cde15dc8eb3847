import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { accountLinks } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { hashToken } from '../../base/secrets.ts'

export type LinkPurpose = (typeof accountLinks.$inferSelect)['purpose']

/** Long enough to walk to one's mail, short enough that a link found later is worth nothing. */
export const LINK_MINUTES = 30
/** Nobody needs more; whoever asks for more fills somebody's mailbox. */
export const LINKS_PER_HOUR_MAX = 5

/** Makes a link that is good once, for `LINK_MINUTES`. Its token is kept nowhere: only a mail may hold it. */
export async function makeAccountLink(
  tx: Transaction,
  link: { purpose: LinkPurpose; userId: Id<'user'>; newEmail?: string },
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const [made] = await tx
    .insert(accountLinks)
    .values({
      ...link,
      tokenHash: hashToken(token),
      expiresAt: sql`now() + make_interval(mins => ${LINK_MINUTES})`,
    })
    .returning({ expiresAt: accountLinks.expiresAt })
  if (!made) throw new Error('The link was not written.')
  return { token, ...made }
}

/** Whether the person was sent as many links of this kind within the hour as one may be. */
export async function hasManyLinks(
  tx: Transaction,
  userId: Id<'user'>,
  purpose: LinkPurpose,
): Promise<boolean> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(accountLinks)
    .where(
      and(
        eq(accountLinks.userId, userId),
        eq(accountLinks.purpose, purpose),
        gt(accountLinks.createdAt, sql`now() - interval '1 hour'`),
      ),
    )
  return (row?.count ?? 0) >= LINKS_PER_HOUR_MAX
}

/** What says that a link is good at this moment, by the database's clock. */
function isGood(token: string, purpose: LinkPurpose): SQL | undefined {
  return and(
    eq(accountLinks.tokenHash, hashToken(token)),
    eq(accountLinks.purpose, purpose),
    isNull(accountLinks.usedAt),
    isNull(accountLinks.endedAt),
    gt(accountLinks.expiresAt, sql`now()`),
  )
}

/** A good link by its token, whosever it is; looking changes nothing. */
export async function linkOf(db: Database | Transaction, token: string, purpose: LinkPurpose) {
  const [link] = await db
    .select({ userId: accountLinks.userId, newEmail: accountLinks.newEmail })
    .from(accountLinks)
    .where(isGood(token, purpose))
  return link
}

/** Uses a link up, while its person's account is held: of two who follow it at the same moment, one is refused. */
export async function spendAccountLink(tx: Transaction, token: string, purpose: LinkPurpose): Promise<void> {
  const used = await tx
    .update(accountLinks)
    .set({ usedAt: sql`now()` })
    .where(isGood(token, purpose))
    .returning({ userId: accountLinks.userId })
  if (used.length === 0) throw linkIsOver()
}

/** Ends what other links of the person still stand, of that kind or of all. */
export async function endAccountLinks(
  tx: Transaction,
  userId: Id<'user'>,
  purpose?: LinkPurpose,
): Promise<void> {
  await tx
    .update(accountLinks)
    .set({ endedAt: sql`now()` })
    .where(
      and(
        eq(accountLinks.userId, userId),
        purpose && eq(accountLinks.purpose, purpose),
        isNull(accountLinks.usedAt),
        isNull(accountLinks.endedAt),
      ),
    )
}

/** Used, too old, replaced, or never there: one answer. */
export function linkIsOver(): Refusal {
  return new Refusal(
    'expired',
    `This link is no longer good: it works once, for ${LINK_MINUTES} minutes. Ask for a new one.`,
  )
}
