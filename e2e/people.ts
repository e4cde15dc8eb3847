import type { BrowserContext, Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { database } from '#db/client'
import { users } from '#db/schema/users'
import { environment } from '#lib/base/env'
import { sealSession, sessionCookieName } from '#lib/base/session-cookie'
import { hashPassword } from '#lib/domain/users/passwords'
import { startSession } from '#lib/domain/users/start-session'
import {
  type MadeOrganization,
  type MadeUser,
  makeMember,
  makeOrganization,
  makeUser,
  type Role,
} from '#test/factories'

export type Person = MadeUser & { password: string }

const PASSWORD = 'four words make a gate'
let passwordHash: Promise<string> | undefined

/** Gives a person the password of all journeys: hashed once, because hashing is slow on purpose. */
export async function withPassword(person: MadeUser): Promise<Person> {
  passwordHash ??= hashPassword(PASSWORD)
  await database()
    .update(users)
    .set({ passwordHash: await passwordHash })
    .where(eq(users.id, person.id))
  return { ...person, password: PASSWORD }
}

/** A root organization of the journey's own, with its owner, who administers it. */
export async function makeHouse(
  name: string,
  ownerName: string,
): Promise<{ organization: MadeOrganization; owner: Person }> {
  const owner = await withPassword(await makeUser({ fullName: ownerName }))
  const organization = await makeOrganization({ name, owner })
  await database().update(users).set({ homeOrganizationId: organization.id }).where(eq(users.id, owner.id))
  return { organization, owner }
}

/** A new person with that role there, who can sign in. */
export async function makePerson(
  organization: Pick<MadeOrganization, 'id' | 'rootOrganizationId'>,
  role: Role,
  fullName: string,
): Promise<Person> {
  return withPassword(await makeMember(organization, role, { fullName }))
}

/** Signs a person in at a browser without the page, which has a journey of its own. */
export async function signInAt(context: BrowserContext, person: MadeUser): Promise<void> {
  const { sessionId } = await startSession({}, { userId: person.id, authenticationMethods: ['pwd'] })
  await context.addCookies([
    {
      name: sessionCookieName(),
      value: await sealSession(sessionId, 3600),
      url: environment().publicUrl,
      httpOnly: true,
      sameSite: 'Lax',
    },
  ])
}

/** Fills in the sign-in form that stands on the page. */
export async function fillInSignIn(page: Page, person: Person): Promise<void> {
  await page.getByLabel('Username or e-mail address').fill(person.username)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
