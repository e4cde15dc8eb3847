import { and, eq, isNull } from 'drizzle-orm'
import { transaction } from '#db/client'
import { users } from '#db/schema/users'
import { isId } from '../../base/ids.ts'
import type { Jobs } from '../../base/jobs.ts'
import { record } from '../audit/record.ts'
import { hasManyLinks, makeAccountLink } from './account-links.ts'
import { mailResetLink } from './account-mails.ts'

/**
 * Mails the link that somebody asked for at the sign-in page. Nothing happens for nobody, for an account that is deactivated,
 * and for one that was sent several within the hour. Links before it stay good until one is used, so that a stranger who
 * asks too cannot take the person's away.
 */
export async function mailPasswordReset({ userId, origin }: Jobs['mail-password-reset']): Promise<void> {
  if (!isId('user', userId)) return
  await transaction(async (tx) => {
    const [user] = await tx
      .select()
      .from(users)
      .where(and(eq(users.id, userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
      .for('no key update')
    if (!user || (await hasManyLinks(tx, userId, 'password-reset'))) return
    const { token } = await makeAccountLink(tx, { purpose: 'password-reset', userId })
    await record(
      tx,
      { kind: 'system', name: 'sign-in', ...origin },
      {
        name: 'user.password-reset-requested',
        rootOrganizationId: user.homeOrganizationId,
        subject: { id: userId, name: user.fullName },
      },
    )
    await mailResetLink(tx, user, token, { origin })
  })
}
