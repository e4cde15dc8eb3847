'use client'

import { CircleAlert, Unplug } from 'lucide-react'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { Button, ButtonLink } from '#components/ui/button'
import { DATABASE_AWAY, DATABASE_AWAY_DIGEST } from '#lib/base/database-away'

/** Something went wrong that nobody expected. The digest finds it in the log. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  if (digest === DATABASE_AWAY_DIGEST) return <DatabaseAway retry={retry} />
  return (
    <PeopleShell>
      <title>Something went wrong · Gatehouse</title>
      <Message
        mark={<CircleAlert aria-hidden />}
        title="Something went wrong"
        acts={
          <>
            <Button variant="primary" onClick={retry}>
              Try again
            </Button>
            <ButtonLink href="/">Go to the start</ButtonLink>
          </>
        }
        fine={
          digest && (
            <>
              If it happens again, tell your administrator this number:{' '}
              <span className="font-mono">{digest}</span>
            </>
          )
        }
      >
        <p>It is our fault, not yours, and it has been logged. Nothing you had saved before is lost.</p>
      </Message>
    </PeopleShell>
  )
}

/** No bug: there is nothing to tell anybody but to try again. */
function DatabaseAway({ retry }: { retry: () => void }) {
  return (
    <PeopleShell>
      <title>The database is away · Gatehouse</title>
      <Message
        mark={<Unplug aria-hidden />}
        title="The database is away"
        acts={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        <p>{DATABASE_AWAY}</p>
      </Message>
    </PeopleShell>
  )
}
