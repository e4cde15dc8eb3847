'use client'

import type { ReactNode } from 'react'
import { StatusDot } from '#components/ui/chip'
import { RelativeTime } from '#components/ui/relative-time'
import { LineList } from '#components/ui/section'
import { isInUse, type SecretLine } from './secret-line.ts'

/** The secrets a rotation finds, and whether each is still in use. */
export function OlderSecrets({
  secrets,
  choice,
}: {
  secrets: SecretLine[]
  choice?: (secret: SecretLine) => ReactNode
}) {
  return (
    <LineList label="Older secrets">
      {secrets.map((secret) => (
        <li key={secret.id} className="flex-wrap">
          <span className="min-w-0 flex-1 basis-32 truncate">{secret.name}</span>
          <LastFour value={secret.lastFour} />
          <span className="w-44">
            <UseState secret={secret} />
          </span>
          {choice?.(secret)}
        </li>
      ))}
    </LineList>
  )
}

/** “••••7Qd2”, read aloud as its last four. */
export function LastFour({ value }: { value: string }) {
  return (
    <span className="font-mono text-meta text-muted">
      <span aria-hidden>••••</span>
      <span className="sr-only">ends in </span>
      {value}
    </span>
  )
}

function UseState({ secret }: { secret: SecretLine }) {
  if (!secret.lastUsedAt) return <StatusDot tone="none">Never used</StatusDot>
  const ago = <RelativeTime at={secret.lastUsedAt} className="lowercase" />
  if (isInUse(secret))
    return (
      <StatusDot tone="warn">
        <span>In use, {ago}</span>
      </StatusDot>
    )
  return (
    <StatusDot tone="ok">
      <span>Last used {ago}</span>
    </StatusDot>
  )
}
