import { listOrganizationsOf } from '../../../domain/organizations/list-organizations-of.ts'
import type { Actor } from '../../../domain/permissions/actor.ts'
import { findPerson } from '../../../domain/users/find-person.ts'
import { bare } from '../ids.ts'
import { namesIn } from '../names.ts'
import type { Answer, Call, Route } from '../route.ts'

export const USER_ROUTES: readonly Route[] = [{ method: 'GET', path: '/users/me', run: me }]

/** What scripts ask first, to find the organizations they may work in. An app that acts for itself is told of itself. */
async function me({ actor }: Call): Promise<Answer> {
  const organizations = await listOrganizationsOf(actor)
  const memberOfOrganizations = organizations.map(({ id, name, isRoot, parentId }) => ({
    id: bare(id),
    name,
    isRoot,
    parentOrganizationIds: parentId ? [bare(parentId)] : [],
  }))
  const [first] = memberOfOrganizations
  return {
    body: {
      ...(await whoAsks(actor)),
      organizationId: first?.id ?? null,
      organization: first ?? null,
      organizationPreferences: {},
      memberOfOrganizations,
    },
  }
}

async function whoAsks(actor: Actor) {
  if (actor.kind === 'app') {
    return {
      id: bare(actor.appId),
      username: actor.name,
      ...namesIn(actor.name),
      email: null,
      createdAt: null,
    }
  }
  if (actor.kind !== 'user') throw new Error('No token speaks for the system.')
  const person = await findPerson(actor.userId)
  const id = bare(actor.userId)
  if (!tells(actor, 'profile') || !person) {
    return { id, username: null, firstName: null, lastName: null, email: null, createdAt: null }
  }
  return {
    id,
    username: person.username,
    ...namesIn(person.fullName),
    email: tells(actor, 'email') ? person.email : null,
    createdAt: person.createdAt,
  }
}

/** What the person's consent lets an app know; with a token of their own they ask for themselves. */
function tells({ through }: Extract<Actor, { kind: 'user' }>, scope: string): boolean {
  return !through || through.scopes.includes(scope)
}
