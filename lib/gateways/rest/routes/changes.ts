import { z } from 'zod'
import { followChanges } from '../../../domain/audit/follow-changes.ts'
import { changeStream, listenerOf, takeStream } from '../change-stream.ts'
import { organizationOf } from '../named.ts'
import { type Route, route } from '../route.ts'

export const CHANGE_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/organizations/{organization}/changes',
    operation: 'followChanges',
    summary: 'Hear at once when something changes, as server-sent events.',
    more: [
      'An event `changed` names the topics of which something is different now, as `{"topics":["allowlist","audit"]}`, of those that the caller may see: `connected-apps`, `authorizations`, `allowlist`, `people`, `organizations`, `apis` and `audit`. It says nothing else: ask again for what you show.',
      'An event `here` says at least twice a minute that nothing happened. Whoever hears neither for longer has lost the connection. The stream ends with the session or the token, and with the right to see any of it.',
      'Whoever comes back with `Last-Event-ID` is told that everything may have changed. What changes with time alone (something expires, something was used) is no change in this sense.',
      'A person may have four streams open at once, in all their browsers together; so may an app. A stream counts as one request.',
    ].join(' '),
    needs: 'connected-apps.list',
    orNeeds: [
      'authorizations.list',
      'allowlist.review',
      'organizations.list-people',
      'organizations.list-business-groups',
      'apis.view',
      'audit.view',
    ],
    query: z.object({
      since: z.iso
        .datetime({ offset: true, error: 'A moment is written as 2026-03-14T09:26:53Z.' })
        .optional()
        .meta({ description: 'When what you show was read: you are told what changed since.' }),
    }),
    files: ['text/event-stream'],
    refuses: ['limit-reached', 'unavailable'],
    run: async ({ actor, actorNow, callerName, query, ids, isComingBack }) => {
      const leaving = new AbortController()
      const pieces = await followChanges(actor, {
        organizationId: organizationOf({ ids }),
        since: isComingBack ? null : query.since === undefined ? undefined : new Date(query.since),
        actorNow,
        signal: leaving.signal,
      })
      const giveBack = takeStream(listenerOf(actor, callerName))
      const stream = changeStream(pieces, () => {
        leaving.abort()
        giveBack()
      })
      return {
        file: { type: 'text/event-stream', stream },
        // Nothing between us and whoever listens may keep it back: no compression, no buffer of a proxy. And no connection is kept for
        // more after it, or a process that stops would wait for that one.
        headers: {
          'Cache-Control': 'no-store, no-transform',
          'X-Accel-Buffering': 'no',
          Connection: 'close',
        },
      }
    },
  }),
]
