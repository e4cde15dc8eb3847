import { tokenSql } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'

/** What apps may learn of a person. */
export type Person = { fullName: string; username: string; email: string; createdAt: Date }

/** A person by their id, while their account is active. */
export async function findPerson(userId: Id<'user'>): Promise<Person | undefined> {
  const [row] = await tokenSql()<
    { full_name: string; username: string; email: string; created_at: string }[]
  >`
    select full_name, username, email, created_at::text from users
    where id = ${uuidOf(userId)} and ended_at is null and deactivated_at is null`
  return (
    row && {
      fullName: row.full_name,
      username: row.username,
      email: row.email,
      createdAt: new Date(row.created_at),
    }
  )
}
