import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { authorizations } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopeSet } from '../../base/scope-set.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { gatherFacts, type Wish } from './gather-facts.ts'
import { openConsent } from './open-consent.ts'
import { holdPlace, presentMembership } from './present-membership.ts'
import { holdYeses, refuseTooMany } from './refuse-too-many.ts'
import { refuseVerdict } from './refuse-verdict.ts'
import { decideAuthorization, type Verdict } from './rules.ts'
import { type AuthorizeAppInput, authorizeAppSchema } from './schema.ts'

export type Authorized = { authorizationId: Id<'authorization'>; scopes: string[] }

/**
 * Records a person's yes to an app, in one root organization, for the scopes asked, or widens the yes that stands. The
 * verdict is taken again under the locks, so a yes that comes in the moment of a Restrict, Block or Remove is either
 * seen by it or judged after it. Only the person themselves can say yes: no app, no administrator. Refuses whatever the
 * verdict is other than allow or consent to all of it (who asks for more than is approved leaves that out first), and one app more than may act for one person in one root organization.
 */
export async function authorizeApp(actor: Actor, input: AuthorizeAppInput): Promise<Authorized> {
  const { appId, rootOrganizationId, scopes } = parse(authorizeAppSchema, input)
  if (actor.kind !== 'user' || actor.through) {
    throw new Refusal('forbidden', 'Only a person can authorize an app, and only for themselves.')
  }
  const wish: Wish = {
    userId: actor.userId,
    appId,
    rootOrganizationId,
    scopes: scopeSet(scopes),
    address: actor.ip ?? null,
  }
  return transaction(async (tx) => {
    // Once before the locks, so that whoever is refused anyway holds nobody up.
    await takeVerdict(tx, wish)
    const consent = await openConsent(tx, rootOrganizationId, appId)
    await holdPlace(tx, wish)
    const { verdict, live } = await takeVerdict(tx, wish)
    if (verdict.kind === 'allow') return { authorizationId: verdict.authorizationId, scopes: live }
    await holdYeses(tx, wish)
    if (!verdict.isWidening) await endOver(tx, wish, consent)

    const { isNew, ...said } = await sayYes(tx, actor, wish, { ...consent, entryId: verdict.entryId })
    if (isNew) await refuseTooMany(tx, wish)
    const added = said.scopes.filter((scope) => !live.includes(scope))
    await record(tx, actor, {
      name: isNew ? 'authorization.granted' : 'authorization.widened',
      rootOrganizationId,
      appId,
      subject: { id: appId, name: await nameOf(tx, appId) },
      details: { authorizationId: said.authorizationId, scopes: said.scopes, added },
    })
    return said
  })
}

type Open = Extract<Verdict, { kind: 'allow' | 'consent' }>

async function takeVerdict(tx: Transaction, wish: Wish): Promise<{ verdict: Open; live: string[] }> {
  const facts = await gatherFacts(tx, wish)
  const verdict: Verdict = facts ? decideAuthorization(facts) : { kind: 'unavailable' }
  if (verdict.kind !== 'allow' && verdict.kind !== 'consent') throw refuseVerdict(verdict)
  const { withheld } = verdict
  if (withheld.length > 0) throw refuseVerdict({ kind: 'approval-needed', missing: withheld, listed: [] })
  return { verdict, live: scopeSet(facts?.live?.scopes ?? []) }
}

type Consent = { installationId: Id<'installation'>; epoch: number }

/** A yes that was over with its entry is closed, so that the new one is another: nothing of the old one comes back with it. */
async function endOver(tx: Transaction, wish: Wish, { installationId, epoch }: Consent): Promise<void> {
  await tx
    .update(authorizations)
    .set({ endedAt: sql`now()`, endedReason: 'entry-ended' })
    .where(
      and(
        eq(authorizations.installationId, installationId),
        eq(authorizations.epoch, epoch),
        eq(authorizations.membershipId, presentMembership(wish)),
        isNull(authorizations.endedAt),
        sql`not exists (select from live_authorizations l where l.id = ${authorizations.id})`,
      ),
    )
}

/** Two windows of one person may say yes at once: the second widens what the first recorded. */
async function sayYes(
  tx: Transaction,
  actor: Actor,
  wish: Wish,
  consent: Consent & { entryId: Id<'entry'> | null },
): Promise<Authorized & { isNew: boolean }> {
  const [row] = await tx
    .insert(authorizations)
    .values({
      id: newId('authorization'),
      installationId: consent.installationId,
      rootOrganizationId: wish.rootOrganizationId,
      appId: wish.appId,
      userId: wish.userId,
      membershipId: presentMembership(wish),
      scopes: [...wish.scopes],
      epoch: consent.epoch,
      entryId: consent.entryId,
      ip: actor.ip,
      userAgent: actor.userAgent,
    })
    .onConflictDoUpdate({
      target: [authorizations.installationId, authorizations.membershipId, authorizations.epoch],
      targetWhere: sql`ended_at is null`,
      set: {
        scopes: sql`array(select distinct unnest(${authorizations.scopes} || excluded.scopes) collate "C" order by 1)`,
        entryId: sql`coalesce(excluded.entry_id, ${authorizations.entryId})`,
        updatedAt: sql`now()`,
      },
    })
    .returning({
      authorizationId: authorizations.id,
      scopes: authorizations.scopes,
      // Only a row that was updated has been locked by a transaction before: this one.
      isNew: sql<boolean>`xmax = 0`,
    })
  if (!row) throw new Error('A yes was neither inserted nor widened.')
  return row
}

async function nameOf(tx: Transaction, appId: Id<'app'>): Promise<string> {
  const [app] = await tx
    .select({ name: connectedApps.name })
    .from(connectedApps)
    .where(eq(connectedApps.id, appId))
  return app?.name ?? ''
}
