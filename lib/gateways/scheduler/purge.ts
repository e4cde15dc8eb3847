import { log } from '../../base/log.ts'
import { purgeDrafts } from '../../domain/allowlist/purge-drafts.ts'
import { purgeRequestLeftovers } from '../../domain/allowlist/purge-request-leftovers.ts'
import { purgeIdempotencyKeys, purgeRequestCounts } from '../../domain/api-calls/purge-api-calls.ts'
import { purgeProtocolRecords } from '../../domain/authorizations/purge-protocol-records.ts'
import { purgeTokenFamilies } from '../../domain/authorizations/purge-token-families.ts'
import { purgeTokens } from '../../domain/authorizations/purge-tokens.ts'
import { purgeMails } from '../../domain/mail/purge-mails.ts'
import { purgeInvitations } from '../../domain/people/purge-invitations.ts'
import { purgeSigningKeys } from '../../domain/signing-keys/purge-signing-keys.ts'
import { purgeAccountLinks } from '../../domain/users/purge-account-links.ts'
import { purgeSessions } from '../../domain/users/purge-sessions.ts'
import { purgeThrottles } from '../../domain/users/purge-throttles.ts'

type Purges = Record<string, () => Promise<number>>

const OFTEN: Purges = {
  purgeProtocolRecords,
  purgeTokens,
  purgeThrottles,
  purgeSessions,
  purgeDrafts,
  purgeMails,
  purgeIdempotencyKeys,
  purgeRequestCounts,
  purgeAccountLinks,
}

/** What takes looking at all there is. */
const AT_NIGHT: Purges = {
  purgeTokenFamilies,
  purgeRequestLeftovers,
  purgeInvitations,
  purgeSigningKeys,
}

/** Deletes what has ended for good, as it comes. */
export function purge(): Promise<void> {
  return purgeEach(OFTEN)
}

export function purgeAtNight(): Promise<void> {
  return purgeEach(AT_NIGHT)
}

/** One kind after another; one that fails is logged and keeps no other from its turn. */
async function purgeEach(purges: Purges): Promise<void> {
  for (const [name, purgeOne] of Object.entries(purges)) {
    try {
      const rows = await purgeOne()
      if (rows > 0) log().info({ job: name, rows }, 'purged')
    } catch (error) {
      log().warn({ job: name, err: error }, 'a purge failed and will be tried again')
    }
  }
}
