import type { Transaction } from '#db/client'
import { approvalRequesters, approvalRequests, requestReviewers } from '#db/schema/allowlist'
import type { Id } from '#lib/base/ids'
import { DRAFTERS, REQUESTERS, REQUESTS, REVIEWERS } from './allowlist-tables.ts'
import { type App, inOrder } from './apps.ts'
import { DAY, idAt, later } from './moments.ts'
import type { Organization } from './organizations.ts'
import type { Person } from './people.ts'
import { wordsOf } from './read-table.ts'
import { named, type World } from './world.ts'

const REQUEST_LIVES = 30 * DAY
const SIGN_IN = ['openid', 'profile', 'email', 'offline_access']

type Row = (typeof REQUESTS)[number]
type Answer = 'approved' | 'declined' | 'withdrawn' | 'expired'
type Request = {
  id: Id<'approvalRequest'>
  row: Row
  where: Organization
  app: App
  scopes: string[]
  draftedAt: Date
  draftedBy: Person
  requesters: { person: Person; at: Date; reason: string }[]
  /** Nobody gave it where its time was over. */
  answer: { kind: Answer; by: Person | null; at: Date; reason: string | null } | null
}

/** Requests of every kind: waiting, answered each way, run out, and a draft that nobody is shown. */
export async function insertRequests(tx: Transaction, world: World): Promise<void> {
  const cast = REQUESTS.map((row) => castRequest(row, world))
  await tx.insert(approvalRequests).values(cast.map(requestRow))
  await tx.insert(approvalRequesters).values(
    cast.flatMap(({ id, requesters }) =>
      requesters.map(({ person, at, reason }) => ({
        requestId: id,
        userId: person.id,
        reason,
        requestedAt: at,
      })),
    ),
  )
  for (const request of cast) tellOf(request, world)
  await insertReviewers(tx, world)
}

async function insertReviewers(tx: Transaction, { clock, organizations, people, chronicle }: World) {
  for (const { root, person, when, by } of REVIEWERS) {
    const [where, who, namedBy] = [named(organizations, root), named(people, person), named(people, by)]
    const namedAt = clock.ago(when)
    await tx
      .insert(requestReviewers)
      .values({ rootOrganizationId: where.id, userId: who.id, namedAt, namedBy: namedBy.id })
    const subject = { id: who.id, name: who.fullName }
    chronicle.tell({ at: namedAt, name: 'allowlist.reviewer-named', by: namedBy, where, subject })
  }
}

/** The keys of the people who wait for an app: they are not among those who use it. */
export function waitingFor(root: string, app: string): Set<string> {
  const waiting = REQUESTS.filter((row) => row.root === root && row.app === app && !row.answer)
  const keys = waiting.map(({ key }) => key)
  return new Set(REQUESTERS.filter(({ request }) => keys.includes(request)).map(({ person }) => person))
}

function castRequest(row: Row, { clock, organizations, people, apps }: World): Request {
  const app = named(apps, row.app)
  const requesters = REQUESTERS.filter(({ request }) => request === row.key)
    .map(({ person, when, reason }) => ({ person: named(people, person), at: clock.ago(when), reason }))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const drafter = DRAFTERS.find(({ request }) => request === row.key)
  const draftedBy = requesters[0]?.person ?? named(people, drafter?.person ?? '')
  const draftedAt = later(clock.ago(row.drafted), -DAY / 48)
  const [kind, by, when] = wordsOf(row.answer)
  const endsAt = later(draftedAt, REQUEST_LIVES)
  return {
    id: idAt('approvalRequest', draftedAt),
    row,
    where: named(organizations, row.root),
    app,
    scopes: scopesOf(row, app),
    draftedAt,
    draftedBy,
    requesters,
    answer:
      by && when
        ? { kind: kind as Answer, by: named(people, by), at: clock.ago(when), reason: row.reason || null }
        : endsAt < clock.now && requesters.length > 0
          ? { kind: 'expired', by: null, at: endsAt, reason: null }
          : null,
  }
}

function scopesOf({ scopes }: Row, app: App): string[] {
  if (scopes === 'all') return inOrder(app.scopes)
  return inOrder([...app.scopes.filter((scope) => SIGN_IN.includes(scope)), ...wordsOf(scopes)])
}

function requestRow(request: Request): typeof approvalRequests.$inferInsert {
  const { id, row, where, app, scopes, draftedAt, draftedBy, requesters, answer } = request
  const [nameSeen, hostSeen] = row.seen ? row.seen.split('@') : []
  return {
    id,
    rootOrganizationId: where.id,
    appId: app.id,
    scopes,
    appNameSeen: nameSeen ?? app.name,
    publisherSeen: (app.organization.line.at(-1) ?? app.organization).name,
    redirectHostsSeen: hostSeen ? [hostSeen] : [...app.redirectHosts],
    draftedBy: draftedBy.id,
    createdAt: draftedAt,
    requestedAt: requesters[0]?.at ?? null,
    expiresAt: later(draftedAt, REQUEST_LIVES),
    answer: answer?.kind,
    answeredAt: answer?.at,
    answeredBy: answer?.by?.id,
    answerReason: answer?.reason,
    approvedScopes: answer?.kind === 'approved' ? scopes : null,
  }
}

function tellOf({ id, where, app, scopes, requesters, answer }: Request, { chronicle }: World): void {
  const about = { where, app, subject: app }
  for (const { person, at, reason } of requesters) {
    const details = { requestId: id, scopes, reason }
    chronicle.tell({ at, name: 'allowlist.approval-requested', by: person, ...about, details })
  }
  if (!answer) return
  const { kind, at, by, reason } = answer
  const details = {
    approved: { requestId: id, asked: scopes, added: scopes, scopes },
    declined: { requestId: id, reason },
    withdrawn: { requestId: id },
    expired: { requestId: id, scopes },
  }[kind]
  chronicle.tell({ at, name: `allowlist.request-${kind}`, by: by ?? 'scheduler', ...about, details })
}
