import { counted } from '#components/connected-apps/app-words'
import { MODE } from '#components/connected-apps/policy-words'
import { DateTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import type { Policy } from '#lib/domain/allowlist/get-policy'
import { allowlistPath, requestsPath } from '../../../../paths.ts'

/** What holds while nothing is being changed: since when, by whom, and where the work is. */
export function InForce({ policy }: { policy: Policy }) {
  const { organization, changed } = policy
  return (
    <Section
      title={`${MODE[policy.mode]} is in force`}
      hint={
        changed ? (
          <>
            Last changed <DateTime at={changed.at} />
            {changed.by && ` by ${changed.by}`}.
          </>
        ) : (
          'As every organization begins. Nobody has changed it yet.'
        )
      }
    >
      <dl className="flex overflow-clip rounded-box border border-line bg-surface divide-line max-sm:flex-col max-sm:divide-y sm:divide-x">
        <Place
          count={policy.entries}
          words={policy.entries === 1 ? 'app on the allowlist' : 'apps on the allowlist'}
          detail={
            policy.mode === 'restricted'
              ? 'Members may authorize them.'
              : 'Kept for when Restricted is in force.'
          }
          href={allowlistPath(organization.id)}
          act="Open the allowlist"
        />
        <Place count={policy.waiting} {...waitingWords(policy)} href={requestsPath(organization.id)} />
      </dl>
      <p className="max-w-prose text-ink-2">{CONSEQUENCE[policy.mode]}</p>
    </Section>
  )
}

function waitingWords({ mode, waiting }: Policy) {
  if (waiting === 0)
    return { words: 'requests wait', detail: 'Nobody is waiting for you.', act: 'See those answered' }
  if (mode === 'restricted')
    return {
      words: waiting === 1 ? 'request waits' : 'requests wait',
      detail: 'People are waiting for your answer.',
      act: `Answer ${counted(waiting, 'request')}`,
    }
  return {
    words: waiting === 1 ? 'request from before' : 'requests from before',
    detail: UNNEEDED[mode],
    act: 'Look at them',
  }
}

/** Why nobody needs an answer to a request at the moment. */
const UNNEEDED = {
  unrestricted: 'Nobody needs an answer: members decide alone.',
  closed: 'Nobody can use an approval while Closed is in force.',
} as const

const CONSEQUENCE = {
  unrestricted:
    'A member who meets an app for the first time decides alone. You see it under Authorizations from then on, and can remove or block it there.',
  restricted:
    'A member who tries another app gets no further than a page that names it. From there they can ask you, and you answer under Requests.',
  closed:
    'A member who tries a new app is told that the organization takes no new apps at the moment. Apps that people authorized before keep their access.',
} as const

type PlaceProps = { count: number; words: string; detail: string; href: string; act: string }

function Place({ count, words, detail, href, act }: PlaceProps) {
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1 px-4 py-3.5">
      <dt className="order-2">
        {words}
        <span className="block text-meta text-muted">{detail}</span>
      </dt>
      <dd className="order-1 text-figure">{count.toLocaleString('en')}</dd>
      <dd className="order-3 mt-1">
        <TextLink href={href}>{act}</TextLink>
      </dd>
    </div>
  )
}
