import { KeyRound } from 'lucide-react'
import { counted } from '#components/connected-apps/app-words'
import { ButtonLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { RelativeTime } from '#components/ui/relative-time'
import type { RotationDue as Due } from '#lib/domain/connected-apps/get-rotation-due'
import { causeInWords, knowersOf } from '#lib/domain/connected-apps/mark-causes'
import { leftOutWords } from '../left-out-words.ts'

type Props = {
  count: number
  due: Due
  /** Where the marked ones are shown; absent: they are. */
  showHref: string | undefined
  rotateHref: string
}

/** Above the list: whose secrets should be rotated, why, and the act that settles it. */
export function RotationDue({ count, due, showHref, rotateHref }: Props) {
  return (
    <Notice
      icon={<KeyRound aria-hidden />}
      acts={
        <>
          {showHref && (
            <ButtonLink size="small" variant="quiet" href={showHref}>
              Show {count === 1 ? 'it' : 'them'}
            </ButtonLink>
          )}
          {due.ready > 0 && (
            <ButtonLink size="small" href={rotateHref}>
              Rotate {counted(due.ready, 'secret')}…
            </ButtonLink>
          )}
        </>
      }
    >
      <Why count={count} because={due.because} /> {due.ready < count && leftOutWords(due.leftOut)}
    </Notice>
  )
}

function Why({ count, because }: { count: number; because: Due['because'] }) {
  const theirs = count === 1 ? 'Its secret' : 'Their secrets'
  const them = count === 1 ? 'it' : 'them'
  if (because) {
    const knowers = knowersOf(because)
    return (
      <>
        <span className="font-medium text-ink">
          {counted(count, 'app')} {causeInWords(because, count)}
        </span>
        {because.kind === 'owner-changed' && (
          <>
            , <RelativeTime at={because.at} className="lowercase" />
          </>
        )}
        . {theirs} should be rotated.{knowers && ` ${knowers} may still know ${them}.`}
      </>
    )
  }
  return (
    <>
      <span className="font-medium text-ink">
        {count === 1 ? 'The secret of one app' : `The secrets of ${counted(count, 'app')}`} should be rotated.
      </span>{' '}
      Somebody who no longer answers for {them} may still know {them}.
    </>
  )
}
