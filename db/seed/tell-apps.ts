import type { EventName } from '#lib/domain/audit/events'
import { tellOfChanges } from './app-changes.ts'
import type { App } from './apps.ts'
import type { Happened } from './chronicle.ts'
import { named, type World } from './world.ts'

/** What happened to each app itself: made, changed, handed over, disabled, deleted. */
export function tellOfApps(world: World): void {
  for (const app of world.apps.values()) tellOf(app, world)
  tellOfChanges(world)
}

function tellOf(app: App, world: World): void {
  const { owner, formerOwner, ownerSince, clientId, actsAs, clientType, marks } = app
  const registrar = marks.get('dynamic')
  const maker = registrar ? named(world.apps, registrar) : (formerOwner ?? owner)
  const made = { clientId, actsAs, clientType, ownerName: (formerOwner ?? owner).fullName }
  tell(world, app, app.since, maker, 'connected-app.created', made)
  if (formerOwner && ownerSince) {
    const details = {
      version: 2,
      changed: { ownerId: { before: formerOwner.id, after: owner.id } },
      previousOwner: formerOwner.fullName,
      newOwner: owner.fullName,
      trigger: formerOwner.leftAt ? 'account-ended' : 'edited',
    }
    tell(world, app, ownerSince, owner, 'connected-app.owner-changed', details)
  }
  if (app.disabledAt) tell(world, app, app.disabledAt, owner, 'connected-app.disabled')
  if (app.endedAt) tell(world, app, app.endedAt, owner, 'connected-app.deleted', { clientId })
}

function tell(
  { chronicle }: World,
  app: App,
  at: Date,
  by: Happened['by'],
  name: EventName,
  details: Record<string, unknown> = {},
): void {
  chronicle.tell({ at, name, by, where: app.organization, app, subject: app, details })
}
