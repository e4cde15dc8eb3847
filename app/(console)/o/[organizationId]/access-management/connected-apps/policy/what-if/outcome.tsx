import { Check, CircleHelp, Minus, OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Chip, type Tone } from '#components/ui/chip'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import type { Step } from '#lib/domain/authorizations/explain'
import type { WhatIf } from '#lib/domain/authorizations/get-what-if'
import type { Verdict } from '#lib/domain/authorizations/rules'
import { authorizationsPath, entryHref, personPath, policyPath } from '../../../../paths.ts'

type Props = { organizationId: Id<'organization'>; found: WhatIf }

/** The verdict in a word, and every rule in the order in which it is asked. */
export function Outcome({ organizationId, found }: Props) {
  const words = wordsFor(found)
  const { tone, word, sentence } = words
  const decided = words === FROM_NOWHERE ? 'depends' : OPENS.has(found.verdict.kind) ? 'opens' : 'stops'
  return (
    <section className="flex min-w-0 flex-col gap-5" aria-labelledby="outcome">
      <div role="status" className="flex flex-col gap-1.5">
        <h2 id="outcome" className="flex flex-wrap items-center gap-2.5 text-section">
          {found.person.name} and {found.app.name} <Chip tone={tone}>{word}</Chip>
        </h2>
        <p className="text-ink-2">{sentence}</p>
      </div>
      <ol className="divide-y divide-line overflow-clip rounded-box border border-line bg-surface">
        {found.steps.map(({ rule, outcome, sentence }) => (
          <li
            key={rule}
            data-outcome={outcome}
            className="flex gap-3 px-3 py-2.5 data-[outcome=decided]:bg-hover data-[outcome=not-asked]:text-muted"
          >
            <span className="mt-0.5">{MARK[outcome === 'decided' ? decided : outcome]}</span>
            <span className="min-w-0 flex-1">
              <span className={outcome === 'decided' ? 'block font-medium' : 'block'}>
                {RULE[rule]}
                {outcome === 'decided' && <span className="sr-only"> – this decides</span>}
              </span>
              {outcome !== 'not-asked' && (
                <span className="block text-ink-2 [overflow-wrap:anywhere]">{sentence}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        <TextLink href={personPath(organizationId, found.person.id)}>{found.person.name}</TextLink>
        <TextLink href={`${authorizationsPath(organizationId)}?app=${found.app.id}`}>
          What people authorized
        </TextLink>
        <TextLink href={entryHref(organizationId, found.app)}>Its entry on the allowlist</TextLink>
        <TextLink href={policyPath(organizationId)}>The mode</TextLink>
      </p>
    </section>
  )
}

const OPENS = new Set<Verdict['kind']>(['allow', 'consent'])

const MARK: Record<'passed' | 'opens' | 'stops' | 'depends' | 'not-asked', ReactNode> = {
  passed: <Check className="size-4 text-ok" aria-label="Passed:" />,
  opens: <Check className="size-4 text-ok" aria-label="Decides:" />,
  stops: <OctagonX className="size-4 text-bad" aria-label="Stops it:" />,
  depends: <CircleHelp className="size-4 text-warn" aria-label="Depends:" />,
  'not-asked': <Minus className="size-4 text-muted" aria-label="Not asked:" />,
}

const RULE: Record<Step['rule'], string> = {
  'what-is-asked': 'What is asked for?',
  'app-is-available': 'Is the app available?',
  'person-belongs-here': 'Does the person belong here?',
  'app-is-open-here': 'Is the app open to people here?',
  'not-blocked': 'Is it free of a block?',
  'not-frozen': 'Is it free of a freeze?',
  'from-its-networks': 'May it be used from that address?',
  'within-its-scopes': 'May it ask for all of this?',
  'yes-stands': 'Was it authorized before?',
  'not-closed': 'Does the policy let anything new in?',
  listed: 'Does the allowlist let it in?',
  consent: 'Does the person agree?',
}

function wordsFor({ verdict, address }: WhatIf): Words {
  if (verdict.kind !== 'refused' || verdict.because !== 'network') return VERDICT[verdict.kind]
  return address === null ? FROM_NOWHERE : ELSEWHERE
}

type Words = { tone: Tone; word: string; sentence: string }

const ELSEWHERE: Words = {
  tone: 'bad',
  word: 'Refused from there',
  sentence: 'The person sees that the app cannot be used from that address.',
}

const FROM_NOWHERE: Words = {
  tone: 'warn',
  word: 'Depends on the address',
  sentence: 'The app is held to networks. Say from which address the person comes, to see what happens.',
}

const VERDICT: Record<Verdict['kind'], Words> = {
  allow: { tone: 'ok', word: 'Goes through', sentence: 'No page is shown: the app gets its tokens.' },
  consent: { tone: 'ok', word: 'Asked for consent', sentence: 'The person decides.' },
  'approval-needed': {
    tone: 'warn',
    word: 'Needs approval',
    sentence: 'The person sees a page from which they can ask you to allowlist it.',
  },
  blocked: {
    tone: 'bad',
    word: 'Blocked',
    sentence: 'The person sees that the organization has blocked it.',
  },
  paused: { tone: 'bad', word: 'Frozen', sentence: 'The person sees that it is held back for now.' },
  closed: { tone: 'bad', word: 'Closed', sentence: 'The person sees that nothing new may be authorized.' },
  unavailable: {
    tone: 'bad',
    word: 'Unavailable',
    sentence: 'The person sees that the app is not available, without a link to ask.',
  },
  refused: {
    tone: 'bad',
    word: 'Refused',
    sentence: 'Somebody without a place here cannot authorize anything here.',
  },
  'invalid-scope': {
    tone: 'bad',
    word: 'Sent back',
    sentence: 'The app gets the error invalid_scope; the person sees no page of it.',
  },
}
