import type { TaskList } from 'graphile-worker'
import type { Jobs } from '../../base/jobs.ts'
import { endOverdueEntries } from '../../domain/allowlist/end-overdue-entries.ts'
import { forgetSecrets } from '../../domain/connected-apps/forget-secrets.ts'
import { resumeBulkRotations } from '../../domain/connected-apps/resume-bulk-rotations.ts'
import { rotateMany } from '../../domain/connected-apps/rotate-many.ts'
import { tellExpiring } from '../../domain/connected-apps/tell-expiring.ts'
import { sendMail } from '../../domain/mail/send-mail.ts'
import { sendWaitingMails } from '../../domain/mail/send-waiting-mails.ts'
import { mailPasswordReset } from '../../domain/users/mail-password-reset.ts'
import { purge } from './purge.ts'
import { watchMail } from './watch-mail.ts'

/** Told when the process stops: a long job breaks off, and goes on elsewhere. */
type Helpers = { abortSignal?: AbortSignal }

/** Who does what was left to be done (`db/jobs.ts`), one line a job. */
const JOBS: { [Name in keyof Jobs]: (told: Jobs[Name], helpers: Helpers) => Promise<unknown> } = {
  'send-mail': sendMail,
  'rotate-many': rotateMany,
  'mail-password-reset': mailPasswordReset,
}

/** Who does what is due by the clock, each with when (minute, hour, day, month, weekday; UTC). */
export const DUE: Record<string, { when: string; run: () => Promise<unknown> }> = {
  'resume-bulk-rotations': { when: '* * * * *', run: resumeBulkRotations },
  'end-overdue-entries': { when: '* * * * *', run: endOverdueEntries },
  'tell-expiring': { when: '7 * * * *', run: tellExpiring },
  'forget-secrets': { when: '*/10 * * * *', run: forgetSecrets },
  purge: { when: '*/10 * * * *', run: purge },
  'send-waiting-mails': { when: '* * * * *', run: sendWaitingMails },
  'watch-mail': { when: '5 * * * *', run: watchMail },
}

export const TASKS: TaskList = {
  ...(JOBS as TaskList),
  ...Object.fromEntries(
    Object.entries(DUE).map(([name, { run }]) => [name, () => run().then(() => undefined)]),
  ),
}
