import { RefreshCw } from 'lucide-react'
import { ButtonLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import { RelativeTime } from '#components/ui/relative-time'
import type { OpenRotation } from '#lib/domain/connected-apps/list-bulk-rotations'

type Props = { rotations: OpenRotation[]; hrefOf: (rotation: OpenRotation) => string }

/** What the person began and has not taken along: it would be forgotten. */
export function OpenRotations({ rotations, hrefOf }: Props) {
  return rotations.map((rotation) => (
    <Notice
      key={rotation.id}
      tone="neutral"
      icon={<RefreshCw aria-hidden />}
      acts={
        <ButtonLink size="small" href={hrefOf(rotation)}>
          {rotation.finishedAt ? 'Take them along' : 'See how far it is'}
        </ButtonLink>
      }
    >
      <span className="font-medium text-ink">
        {rotation.finishedAt ? 'New secrets wait for you.' : 'Secrets are being rotated.'}
      </span>{' '}
      You began it <RelativeTime at={rotation.startedAt} className="lowercase" />
      {rotation.finishedAt ? '; a day after it finished they are forgotten.' : '.'}
    </Notice>
  ))
}
