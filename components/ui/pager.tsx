import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from './button.tsx'
import { words } from './words.ts'

/** Previous and next by keyset: there are no page numbers, so a page is fast however deep. */
export function Pager({
  label,
  previousHref,
  nextHref,
  children,
}: {
  label: string
  previousHref?: string
  nextHref?: string /** Left: “All 10 matches shown.” */
  children?: ReactNode
}) {
  return (
    <nav aria-label={label} className="flex min-h-8 items-center justify-between gap-4">
      <p className="text-meta text-muted">{children}</p>
      {(previousHref || nextHref) && (
        <div className="flex gap-2">
          <PagerLink href={previousHref} icon={<ChevronLeft aria-hidden />}>
            {words.previous}
          </PagerLink>
          <PagerLink href={nextHref} iconAfter={<ChevronRight aria-hidden />}>
            {words.next}
          </PagerLink>
        </div>
      )}
    </nav>
  )
}

function PagerLink({
  href,
  icon,
  iconAfter,
  children,
}: {
  href?: string
  icon?: ReactNode
  iconAfter?: ReactNode
  children: ReactNode
}) {
  if (!href)
    return (
      <Button size="small" disabled icon={icon} iconAfter={iconAfter}>
        {children}
      </Button>
    )
  return (
    <ButtonLink size="small" href={href} icon={icon} iconAfter={iconAfter}>
      {children}
    </ButtonLink>
  )
}
