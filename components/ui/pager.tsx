import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from './button.tsx'
import { TextLink } from './text-link.tsx'
import { words } from './words.ts'

/** Previous and next by keyset: there are no page numbers, so a page is fast however deep. */
export function Pager({
  label,
  firstHref,
  previousHref,
  nextHref,
  children,
}: {
  label: string
  /** Where this is not the first page, and there is no way to the one before. */
  firstHref?: string
  previousHref?: string
  nextHref?: string
  /** Left, on the first page: “All 10 matches shown.” */
  children?: ReactNode
}) {
  return (
    <nav aria-label={label} className="flex min-h-8 items-center justify-between gap-4">
      <p className="text-meta text-muted">
        {firstHref ? <TextLink href={firstHref}>{words.firstPage}</TextLink> : children}
      </p>
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
