import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { type Id, newId, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { EventName } from './events.ts'

export type Happening = {
  name: EventName
  rootOrganizationId: Id<'organization'> | null
  organizationId?: Id<'organization'>
  /** The app it concerns, if it concerns one: its Activity shows it. */
  appId?: Id<'app'>
  subject: { id: string; name: string }
  details?: Record<string, unknown>
}

/** Writes what happened, in the transaction that did it: both are there, or neither. Returns the event's id. */
export async function record(tx: Transaction, actor: Actor, happening: Happening): Promise<Id<'event'>> {
  const id = newId('event')
  await tx.insert(events).values({
    id,
    name: happening.name,
    rootOrganizationId: happening.rootOrganizationId,
    organizationId: happening.organizationId ?? happening.rootOrganizationId,
    ...who(actor),
    appId: happening.appId,
    subjectId: happening.subject.id,
    subjectName: happening.subject.name,
    details: happening.details ?? {},
    ip: actor.ip,
    requestId: actor.requestId,
  })
  return id
}

/** Writes many things that one act did, in one statement, however many: a statement has room for 65,535 values, so they come as one. */
export async function recordEach(
  tx: Transaction,
  actor: Actor,
  happenings: readonly Happening[],
): Promise<void> {
  if (happenings.length === 0) return
  const by = who(actor)
  const bare = (id: string | null | undefined) => (id ? uuidOf(id) : null)
  const rows = happenings.map((happening) => ({
    id: uuidOf(newId('event')),
    name: happening.name,
    root: bare(happening.rootOrganizationId),
    organization: bare(happening.organizationId ?? happening.rootOrganizationId),
    app: bare(happening.appId),
    subject: happening.subject.id,
    subject_name: happening.subject.name,
    details: happening.details ?? {},
  }))
  await tx.execute(sql`
    insert into events (id, name, root_organization_id, organization_id, actor_kind, actor_user_id, actor_app_id,
      actor_name, actor_app_name, app_id, subject_id, subject_name, details, ip, request_id)
    select id, name, root, organization, ${by.actorKind}::actor_kind, ${bare(by.actorUserId)}::uuid,
      ${bare(by.actorAppId)}::uuid, ${by.actorName}, ${by.actorAppName ?? null}, app, subject, subject_name, details, ${actor.ip ?? null}::inet,
      ${actor.requestId ?? null}
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as happened (id uuid, name text, root uuid,
      organization uuid, app uuid, subject text, subject_name text, details jsonb)`)
}

function who(
  actor: Actor,
): Pick<
  typeof events.$inferInsert,
  'actorKind' | 'actorUserId' | 'actorAppId' | 'actorName' | 'actorAppName'
> {
  switch (actor.kind) {
    case 'user':
      return {
        actorKind: actor.kind,
        actorUserId: actor.userId,
        actorAppId: actor.through?.appId,
        actorAppName: actor.through?.appName,
        actorName: actor.name,
      }
    case 'app':
      return { actorKind: actor.kind, actorAppId: actor.appId, actorName: actor.name }
    case 'system':
      return { actorKind: actor.kind, actorName: actor.name }
  }
}
