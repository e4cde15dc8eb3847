import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { PeopleShell } from '#components/shell/people-shell'
import { TextField } from '#components/ui/text-field'
import { CredentialFields, FullNameField } from '#components/users/new-account-fields'
import { newFormToken } from '#lib/base/form-token'
import type { LiveSession } from '#lib/domain/users/find-session'
import { DemoBanner } from '../demo-banner.tsx'
import { type Asked, actOf } from './asked.ts'
import { Invited } from './invited.tsx'

/** The invited address has no account: one is made here, and the place taken, in one step. */
export function MakeAccount({
  token,
  invitation,
  sessionId,
  notice,
  session,
}: Asked & { session: LiveSession | null }) {
  const path = `/invitation/account?token=${encodeURIComponent(token)}`
  return (
    <PeopleShell width="medium" banner={<DemoBanner />}>
      <Invited invitation={invitation} notice={notice} />
      <form method="post" action={session ? `${path}&account=new` : path} className="flex flex-col gap-4">
        <FormToken token={newFormToken(actOf(token), sessionId)} />
        <TextField
          label="E-mail address"
          hint="It counts as yours: the link came there."
          name="email"
          size="large"
          type="email"
          value={invitation.email}
          autoComplete="email"
          readOnly
        />
        <FullNameField notice={notice} />
        <CredentialFields notice={notice} />
        <PlainSubmit variant="primary" size="large" wide>
          Create account and join
        </PlainSubmit>
      </form>
      {session && (
        <p className="mt-3 text-center text-meta text-muted">
          This signs {session.fullName} out of this browser.
        </p>
      )}
    </PeopleShell>
  )
}
