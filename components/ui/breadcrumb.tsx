import { ChevronRight } from 'lucide-react'
import Link from 'next/link'

/** Where this page lies. The page itself is its title, so the last step here is its parent. */
export function Breadcrumb({
  label,
  steps,
}: {
  label: string
  steps: Array<{ label: string; href?: string }>
}) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center gap-1.5 text-meta text-muted">
        {steps.map((step, index) => (
          <li key={step.label} className="flex items-center gap-1.5">
            {index > 0 && <ChevronRight className="size-3" aria-hidden />}
            {step.href ? (
              <Link href={step.href} className="rounded-small text-muted no-underline hover:text-ink">
                {step.label}
              </Link>
            ) : (
              step.label
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
