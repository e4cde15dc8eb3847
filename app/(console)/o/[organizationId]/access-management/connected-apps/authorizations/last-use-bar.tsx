import Link from 'next/link'
import { countText } from '#lib/base/bounded-count'
import type { AppsByLastUse, LastUseBand } from '#lib/domain/authorizations/count-authorized-apps'
import { BANDS } from './last-use.ts'

type Props = { byLastUse: AppsByLastUse; current: string | undefined; hrefOf: (band?: LastUseBand) => string }

/** How long ago the apps were used, as parts of one bar and as numbers; each part is a filter of the list. */
export function LastUseBar({ byLastUse, current, hrefOf }: Props) {
  const parts = BANDS.filter(({ band }) => byLastUse[band] > 0)
  return (
    <nav aria-label="Apps by last use" className="flex flex-col gap-2">
      <div aria-hidden className="flex h-2 gap-0.5 overflow-hidden rounded-full">
        {parts.map(({ band }) => (
          <span
            key={band}
            className={`min-w-1.5 ${FILL[band]} ${current && current !== band ? 'opacity-40' : ''} forced-colors:bg-[CanvasText]`}
            style={{ flexGrow: byLastUse[band] }}
          />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-1 gap-y-0.5">
        {parts.map(({ band, words }) => (
          <li key={band}>
            <Link
              href={hrefOf(band === current ? undefined : band)}
              scroll={false}
              prefetch={false}
              aria-current={band === current ? 'true' : undefined}
              className="flex h-7 items-center gap-1.5 rounded-control px-2 text-meta text-ink-2 no-underline first:pl-0 hover:bg-hover hover:text-ink aria-[current=true]:bg-subtle aria-[current=true]:text-ink"
            >
              <span aria-hidden className={`size-2 rounded-full ${FILL[band]}`} />
              {words}
              <span className="font-medium text-ink">{countText(byLastUse[band])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const FILL: Readonly<Record<LastUseBand, string>> = {
  week: 'bg-accent',
  month: 'bg-accent/65',
  quarter: 'bg-accent/35',
  longer: 'bg-warn-dot',
  never: 'bg-edge',
}
