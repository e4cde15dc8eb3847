import { log } from '../../base/log.ts'
import { getMailState } from '../../domain/mail/get-mail-state.ts'

const WHY = {
  'no-server': 'SMTP_URL is not set: mail waits in the database until it is',
  'not-taken': 'the mail server does not take mail: it waits and is tried again',
} as const

/** Says in the log, time and again, that mail does not go out. */
export async function watchMail(): Promise<void> {
  const state = await getMailState()
  if (state.trouble) log().warn({ waiting: state.waiting }, WHY[state.trouble])
}
