import { ArrowRight } from 'lucide-react'
import { APPROVED_IN_PART } from '#components/connected-apps/policy-words'
import { Requesters } from '#components/connected-apps/requesters'
import { ScopeTable } from '#components/connected-apps/scope-table'
import { ButtonLink } from '#components/ui/button'
import { Chip, type Tone } from '#components/ui/chip'
import { Facts } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { DateTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import type { ApprovalRequestPage } from '#lib/domain/allowlist/get-approval-request'
import { entryHref } from '../../../../paths.ts'
import { RequestHead } from './request-head.tsx'
import { TakeUpAgain } from './take-up-again.tsx'

type State = Exclude<ApprovalRequestPage['state'], 'open'>

const STATE: Record<State, { word: string; tone: Tone }> = {
  approved: { word: 'Approved', tone: 'ok' },
  declined: { word: 'Declined', tone: 'bad' },
  withdrawn: { word: 'Withdrawn', tone: 'neutral' },
  listed: { word: 'Listed meanwhile', tone: 'ok' },
  expired: { word: 'Expired', tone: 'neutral' },
  blocked: { word: 'App blocked', tone: 'bad' },
  'not-needed': { word: 'Not needed any more', tone: 'neutral' },
  'app-gone': { word: 'App deleted', tone: 'neutral' },
}

type Props = {
  request: ApprovalRequestPage
  seesEntry: boolean
  listHref: string
  /** Another one that waits. */
  nextHref?: string
}

/** A request that leaves nothing to decide: what became of it, by whom and why. */
export function AnsweredRequest({ request, seesEntry, listHref, nextHref }: Props) {
  const { app, organization, answer, added, listed } = request
  const state = STATE[request.state as State]
  const isPartial = request.state === 'approved' && answer !== null && answer.refused.length > 0
  return (
    <div className="flex flex-1 flex-col gap-6 pt-4 pb-12 sm:px-8 lg:pl-7">
      <RequestHead
        request={request}
        title={app.name}
        mark={<Chip tone={isPartial ? 'warn' : state.tone}>{isPartial ? APPROVED_IN_PART : state.word}</Chip>}
        listHref={listHref}
      />
      <div className="flex flex-wrap items-center gap-2 empty:hidden">
        {nextHref && (
          <ButtonLink href={nextHref} scroll={false} iconAfter={<ArrowRight aria-hidden />}>
            Next request
          </ButtonLink>
        )}
        {(request.state === 'declined' || (request.state === 'blocked' && !request.isBlocked)) && (
          <TakeUpAgain requestId={request.id} appName={app.name} expiresAt={request.expiresAt} />
        )}
      </div>
      {request.state === 'blocked' && (
        <Notice tone="neutral">
          {request.isBlocked
            ? 'It ended when the app was blocked. Once the app is unblocked, under Authorizations, this request can be taken up again.'
            : 'It ended when the app was blocked. The app is no longer blocked.'}
        </Notice>
      )}
      {request.state === 'not-needed' && (
        <Notice tone="neutral">
          It ended when the policy changed, and people could use the app without an approval. Those who waited
          were told.
        </Notice>
      )}
      <Facts
        facts={[
          ...(request.requestedAt
            ? [{ label: 'Asked', value: <DateTime at={request.requestedAt} withTime /> }]
            : []),
          ...(answer
            ? [
                {
                  label: 'Answered',
                  value: (
                    <>
                      <DateTime at={answer.at} withTime />
                      {answer.by && `, by ${answer.by}`}
                    </>
                  ),
                },
              ]
            : [{ label: 'Expires', value: <DateTime at={request.expiresAt} withTime /> }]),
          ...(answer?.because ? [{ label: 'Why', value: BECAUSE[answer.because] }] : []),
          ...(answer?.reason ? [{ label: 'Reason', value: `“${answer.reason}”` }] : []),
          ...(request.entry && seesEntry
            ? [
                {
                  label: 'Allowlist',
                  value: <TextLink href={entryHref(organization.id, app)}>Open its entry</TextLink>,
                },
              ]
            : []),
        ]}
      />
      {isPartial ? (
        <>
          <Asked title="Approved" scopes={answer.approved} />
          <Asked title="Asked for, and not approved" scopes={answer.refused} />
        </>
      ) : (
        <Asked title="What was asked" scopes={[...added, ...listed]} />
      )}
      <Requesters requesters={request.requesters} count={request.requestersCount} isOver />
    </div>
  )
}

/** What answered a request that nobody answered by itself. */
const BECAUSE: Record<NonNullable<NonNullable<ApprovalRequestPage['answer']>['because']>, string> = {
  'entry-added': 'The app was put on the allowlist.',
  'entry-widened': 'The app was allowlisted for more.',
  'entry-limited': 'It was changed for whom the app is allowlisted.',
  covered: 'Everybody who asked may use the app by now.',
}

function Asked({ title, scopes }: { title: string; scopes: ApprovalRequestPage['added'] }) {
  return (
    <Section title={title}>
      <ScopeTable label={title} scopes={scopes} />
    </Section>
  )
}
