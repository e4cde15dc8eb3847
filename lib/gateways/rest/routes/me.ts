import { listOrganizationsOf } from '../../../domain/organizations/list-organizations-of.ts'
import type { Actor } from '../../../domain/permissions/actor.ts'
import { type Route, route } from '../route.ts'
import { me } from '../shapes/me.ts'

export const ME_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me',
    operation: 'getMe',
    summary: 'Say who is asking, through which app, with which scopes, and where.',
    more: 'Organizations are told to an app that holds `organizations:read`.',
    needs: null,
    answer: me,
    run: async ({ actor }) => ({
      body: { ...whoAsks(actor), organizations: await listOrganizationsOf(actor) },
    }),
  }),
]

function whoAsks(actor: Actor) {
  switch (actor.kind) {
    case 'system':
      throw new Error('No token speaks for the system.')
    case 'app': {
      const { appId: id, name, contexts } = actor
      const scopes = [...new Set(contexts.map(({ scope }) => scope))].sort()
      return { kind: 'app' as const, person: null, app: { id, name }, scopes, contexts }
    }
    case 'user': {
      const { userId, name, through } = actor
      return {
        kind: 'person' as const,
        person: { id: userId, fullName: name },
        app: through ? { id: through.appId, name: through.appName } : null,
        scopes: through?.scopes ?? null,
        contexts: [],
      }
    }
  }
}
