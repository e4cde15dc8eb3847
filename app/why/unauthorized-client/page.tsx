import { KeyRound } from 'lucide-react'
import type { Metadata } from 'next'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { DemoBanner } from '../../demo-banner.tsx'

export const metadata: Metadata = { title: 'Why an app gets no token' }

/** What `error_uri` names where an app asks for a token in a way that is not its own. For whoever makes the app; needs no sign-in. */
export default function UnauthorizedClientPage() {
  return (
    <PeopleShell banner={<DemoBanner />}>
      <Message mark={<KeyRound aria-hidden />} title="This app may not get a token in that way">
        <p>
          The token endpoint answered <code className="font-mono text-meta">unauthorized_client</code>: the
          app asked for a token by a grant that is not among its settings, or from a network that an
          organization does not let it in from. The answer’s{' '}
          <code className="font-mono text-meta">error_description</code> says which.
        </p>
        <p>
          An app that acts for people gets tokens only with their consent, and where their organization allows
          the app: it sends them here to sign in and agree. An app that acts for itself uses its own client
          credentials, and has to be created as such.
        </p>
        <p>
          Whoever looks after the app finds how it gets tokens under Owned Apps. Whether it acts for people or
          for itself is chosen when it is created. From which networks it may be used, an administrator of the
          organization says: what the app holds is good, and works again from inside.
        </p>
      </Message>
    </PeopleShell>
  )
}
