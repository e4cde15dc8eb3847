import { randomInt } from 'node:crypto'
import { hashPassword } from '#lib/domain/users/passwords'
import type { Person } from './people.ts'
import { readTable } from './read-table.ts'
import { type Named, named } from './world.ts'

export type SignInRole =
  | 'operator'
  | 'root-administrator'
  | 'business-group-administrator'
  | 'developer'
  | 'member'
  | 'second-organization-administrator'

export type SignIn = { role: SignInRole; fullName: string; username: string; password: string }

const SIGN_INS = readTable(
  ['role', 'person'],
  `
  operator                          | olivia
  root-administrator                | priya
  business-group-administrator      | ines
  developer                         | daniel
  member                            | maya
  second-organization-administrator | elif
`,
)

/** Without letters and digits that are taken for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP_LENGTH = 4

/** Chooses passwords for the few people one may sign in as: random per machine (79 bits), easy to type. */
export async function chooseSignIns(
  people: Named<Person>,
): Promise<{ signIns: SignIn[]; passwordHashes: Named<string> }> {
  const passwordHashes: Named<string> = new Map()
  const signIns: SignIn[] = []
  for (const { role, person } of SIGN_INS) {
    const { fullName, username } = named(people, person)
    const password = newPassword()
    signIns.push({ role: role as SignInRole, fullName, username, password })
    passwordHashes.set(person, await hashPassword(password))
  }
  return { signIns, passwordHashes }
}

function newPassword(): string {
  const group = () =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}
