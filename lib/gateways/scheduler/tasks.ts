import type { TaskList } from 'graphile-worker'
import type { Jobs } from '../../base/jobs.ts'
import { sendMail } from '../../domain/mail/send-mail.ts'
import { sendWaitingMails } from '../../domain/mail/send-waiting-mails.ts'
import { purge } from './purge.ts'
import { watchMail } from './watch-mail.ts'

/** Who does what was left to be done (`db/jobs.ts`), one line a job. */
const JOBS: { [Name in keyof Jobs]: (told: Jobs[Name]) => Promise<unknown> } = {
  'send-mail': sendMail,
}

/** Who does what is due by the clock, each with when (minute, hour, day, month, weekday; UTC). */
export const DUE: Record<string, { when: string; run: () => Promise<void> }> = {
  purge: { when: '*/10 * * * *', run: purge },
  'send-waiting-mails': { when: '* * * * *', run: sendWaitingMails },
  'watch-mail': { when: '5 * * * *', run: watchMail },
}

export const TASKS: TaskList = {
  ...(JOBS as TaskList),
  ...Object.fromEntries(Object.entries(DUE).map(([name, { run }]) => [name, () => run()])),
}
