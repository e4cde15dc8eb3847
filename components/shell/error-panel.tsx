'use client'

import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { DATABASE_AWAY, DATABASE_AWAY_DIGEST } from '#lib/base/database-away'

/** In the place of what could not be loaded; the rest of the console stays usable. */
export function ErrorPanel({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const isAway = error.digest === DATABASE_AWAY_DIGEST
  return (
    <div role="alert">
      <EmptyState
        title={isAway ? 'The database is away' : 'This could not be loaded'}
        act={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        {isAway ? DATABASE_AWAY : 'It is our fault, and it has been logged. Nothing was changed.'}
        {error.digest && !isAway && (
          <>
            {' '}
            Its number is <span className="font-mono">{error.digest}</span>.
          </>
        )}
      </EmptyState>
    </div>
  )
}
