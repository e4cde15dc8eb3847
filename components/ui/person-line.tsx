import type { ReactNode } from 'react'
import { Avatar } from './avatar.tsx'

/** A person: initials, name, and what else is known beside or below. */
export function PersonLine({
  name,
  detail,
  aside,
  below,
  size = 'small',
}: {
  name: string
  detail?: ReactNode
  aside?: ReactNode
  below?: boolean
  size?: 'tiny' | 'small' | 'medium'
}) {
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <Avatar name={name} size={size} />
      <span className={below ? 'min-w-0 leading-[18px]' : 'flex min-w-0 items-baseline gap-2.5'}>
        <span className={size === 'tiny' ? undefined : 'font-medium'}>{name}</span>
        {detail && (
          <span className={below ? 'block truncate text-meta text-muted' : 'text-muted'}>{detail}</span>
        )}
      </span>
      {aside}
    </span>
  )
}
