import type { TaskList } from 'graphile-worker'
import type { Jobs } from '../../base/jobs.ts'
import { answerListedRequests } from '../../domain/allowlist/answer-listed-requests.ts'
import { endBlockedRequests } from '../../domain/allowlist/end-blocked-requests.ts'
import { endLeftRequests } from '../../domain/allowlist/end-left-requests.ts'
import { endNeedlessRequests } from '../../domain/allowlist/end-needless-requests.ts'
import { endOverdueEntries } from '../../domain/allowlist/end-overdue-entries.ts'
import { endOverdueRequests } from '../../domain/allowlist/end-overdue-requests.ts'
import { endRequestsOfApp } from '../../domain/allowlist/end-requests-of-app.ts'
import { remindOfRequests } from '../../domain/allowlist/remind-of-requests.ts'
import { tellOfRequests, tellOfRequestsEverywhere } from '../../domain/allowlist/tell-of-requests.ts'
import { addUpTallies } from '../../domain/authorizations/add-up-tallies.ts'
import { forgetSecrets } from '../../domain/connected-apps/forget-secrets.ts'
import { resumeBulkRotations } from '../../domain/connected-apps/resume-bulk-rotations.ts'
import { rotateMany } from '../../domain/connected-apps/rotate-many.ts'
import { tellExpiring } from '../../domain/connected-apps/tell-expiring.ts'
import { countRemoval } from '../../domain/installations/count-removal.ts'
import { resumeRemovalCounts } from '../../domain/installations/resume-removal-counts.ts'
import { sendMail } from '../../domain/mail/send-mail.ts'
import { sendWaitingMails } from '../../domain/mail/send-waiting-mails.ts'
import { mailPasswordReset } from '../../domain/users/mail-password-reset.ts'
import { purge, purgeAtNight } from './purge.ts'
import { watchMail } from './watch-mail.ts'

/** Told when the process stops: a long job breaks off, and goes on elsewhere. */
type Helpers = { abortSignal?: AbortSignal }

/** Who does what was left to be done (`db/jobs.ts`), one line a job. */
const JOBS: { [Name in keyof Jobs]: (told: Jobs[Name], helpers: Helpers) => Promise<unknown> } = {
  'send-mail': sendMail,
  'rotate-many': rotateMany,
  'count-removal': countRemoval,
  'mail-password-reset': mailPasswordReset,
  'tell-of-requests': tellOfRequests,
  'end-blocked-requests': endBlockedRequests,
  'end-requests-of-app': endRequestsOfApp,
}

/** Who does what is due by the clock, each with when (minute, hour, day, month, weekday; UTC). */
export const DUE: Record<string, { when: string; run: () => Promise<unknown> }> = {
  'resume-bulk-rotations': { when: '* * * * *', run: resumeBulkRotations },
  'resume-removal-counts': { when: '* * * * *', run: resumeRemovalCounts },
  'end-overdue-entries': { when: '* * * * *', run: endOverdueEntries },
  'end-overdue-requests': { when: '* * * * *', run: endOverdueRequests },
  'end-left-requests': { when: '* * * * *', run: endLeftRequests },
  'end-needless-requests': { when: '* * * * *', run: endNeedlessRequests },
  'answer-listed-requests': { when: '* * * * *', run: answerListedRequests },
  'tell-of-requests-everywhere': { when: '*/5 * * * *', run: tellOfRequestsEverywhere },
  'remind-of-requests': { when: '20 * * * *', run: remindOfRequests },
  'tell-expiring': { when: '7 * * * *', run: tellExpiring },
  'forget-secrets': { when: '*/10 * * * *', run: forgetSecrets },
  'add-up-tallies': { when: '*/5 * * * *', run: addUpTallies },
  purge: { when: '*/10 * * * *', run: purge },
  'purge-at-night': { when: '40 3 * * *', run: purgeAtNight },
  'send-waiting-mails': { when: '* * * * *', run: sendWaitingMails },
  'watch-mail': { when: '5 * * * *', run: watchMail },
}

export const TASKS: TaskList = {
  ...(JOBS as TaskList),
  ...Object.fromEntries(
    Object.entries(DUE).map(([name, { run }]) => [name, () => run().then(() => undefined)]),
  ),
}
