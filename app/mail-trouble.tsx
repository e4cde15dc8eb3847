import { Banner } from '#components/shell/banner'
import { getMailState } from '#lib/domain/mail/get-mail-state'
import { shown } from '#lib/gateways/console/refuse'

/** For administrators and operators: says on every page that mail does not go out. Draws nothing while it does. */
export async function MailTrouble() {
  const state = await shown(getMailState())
  if (!state.trouble) return null
  const { trouble, waiting } = state
  return (
    <aside aria-label="About mail">
      <Banner>
        {trouble === 'no-server'
          ? 'Mail does not go out: no mail server is set (SMTP_URL). Invitations and links to choose a password wait until whoever runs this deployment sets one.'
          : 'The mail server does not take our mail. It is tried again; whoever runs this deployment finds the reason in the log.'}
        {waiting > 0 && ` ${waiting === 1 ? 'One mail waits' : `${waiting} mails wait`}.`}
      </Banner>
    </aside>
  )
}
