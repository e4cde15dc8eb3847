import type { ReactNode } from 'react'
import { MadeApp } from './made-app.tsx'

/** Around the list, the new app and each app: what a new app was made with is shown over its own page. */
export default function OwnedAppsLayout({ children }: { children: ReactNode }) {
  return <MadeApp>{children}</MadeApp>
}
