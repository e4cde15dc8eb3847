'use client'

import './globals.css'
import ErrorPage from './error.tsx'

/** The last resort: even the document's own layout failed. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  )
}
