import { TriangleAlert } from 'lucide-react'
import { Notice } from '#components/ui/notice'
import { sentBackTo } from './sent-back-to.tsx'

type Shown = { name: string; publisher: string; redirectHosts: readonly string[] }

type Props = {
  request: {
    app: Shown
    seen: Shown
    changes: readonly ('name' | 'publisher' | 'redirect-hosts' | 'scopes')[]
  }
}

/** What people saw when they asked is not what the app is now: told before anything else. */
export function RequestChanges({ request: { app, seen, changes } }: Props) {
  if (changes.length === 0) return null
  const lines = {
    name: `Its name was ${seen.name}, and is ${app.name} now.`,
    publisher: `Its publisher was ${seen.publisher}, and is ${app.publisher} now.`,
    'redirect-hosts': `It sent people back to ${sentBackTo(seen.redirectHosts)}, and to ${sentBackTo(app.redirectHosts)} now.`,
    scopes: 'It no longer asks for all of this.',
  }
  return (
    <Notice icon={<TriangleAlert aria-hidden />}>
      <strong className="font-medium text-ink">The app has changed since people asked for it.</strong>{' '}
      {changes.map((change) => lines[change]).join(' ')}
    </Notice>
  )
}
