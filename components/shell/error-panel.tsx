'use client'

import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'

/** In the place of what could not be loaded; the rest of the console stays usable. */
export function ErrorPanel({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <div role="alert">
      <EmptyState
        title="This could not be loaded"
        act={
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        }
      >
        It is our fault, and it has been logged. Nothing was changed.
        {error.digest && (
          <>
            {' '}
            Its number is <span className="font-mono">{error.digest}</span>.
          </>
        )}
      </EmptyState>
    </div>
  )
}
