import { CircleCheck, Hourglass } from 'lucide-react'
import { ScopeLines } from '#components/connected-apps/scope-lines'
import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { PeopleShell } from '#components/shell/people-shell'
import { Chip } from '#components/ui/chip'
import { CopyField } from '#components/ui/copy-field'
import { Disclosure } from '#components/ui/disclosure'
import { Notice } from '#components/ui/notice'
import { RelativeTime } from '#components/ui/relative-time'
import { TextArea } from '#components/ui/text-area'
import { TextLink } from '#components/ui/text-link'
import { newFormToken } from '#lib/base/form-token'
import { REASON_LENGTH_MAX } from '#lib/domain/allowlist/schema'
import type { WaitingRequest } from '#lib/gateways/oauth/interaction-view'
import { AppPicture } from '../../app-picture.tsx'
import { DemoBanner } from '../../demo-banner.tsx'
import { type Asked, actOf } from './asked.ts'
import { PersonFoot } from './back-to-app.tsx'

/** Nothing was shared. The person asks their administrators here, or takes the link to one. */
export function ApprovalNeeded({ view, sessionId, notice }: Asked<'approval-needed'>) {
  const { uid, app, organization, person, missing, listed, request } = view
  return (
    <PeopleShell
      width="medium"
      banner={<DemoBanner />}
      foot={<PersonFoot view={view} person={person} sessionId={sessionId} />}
      below={
        <>
          Approved in the meantime?{' '}
          <TextLink href={`/interaction/${uid}`} prefetch={false} underlined>
            Start again
          </TextLink>
        </>
      }
    >
      <div className="mb-3 flex items-start justify-between gap-3">
        <AppPicture id={app.id} name={app.name} size="huge" />
        <Chip tone="warn" large icon={<Hourglass aria-hidden />}>
          {request?.own ? 'Waiting for approval' : 'Approval needed'}
        </Chip>
      </div>
      <h1 className="text-title text-balance">
        {listed.length > 0
          ? `${app.name} asks for more than is approved`
          : `${app.name} needs an administrator’s approval`}
      </h1>
      <p className="mt-1 mb-3 text-ink-2">
        {organization.name} decides which apps its people may use, and nobody has approved{' '}
        {missing.length === 0
          ? 'this app'
          : missing.length === 1
            ? 'this yet'
            : `these ${countWord(missing.length)} things yet`}
        . Contact your administrator. Nothing was shared with {app.name}.
      </p>
      {missing.length > 0 && <ScopeLines scopes={missing} brief boxed />}
      {listed.length > 0 && (
        <div className="mt-2">
          <Disclosure
            summary={
              <span className="flex items-center gap-1.5 text-ink-2">
                <CircleCheck className="size-3.5 text-ok" aria-hidden />
                {listed.length === 1 ? 'One thing is' : `${listed.length} things are`} approved already
              </span>
            }
          >
            <ScopeLines scopes={listed} brief />
          </Disclosure>
        </div>
      )}
      <div className="mt-5 flex flex-col gap-3">
        {notice && (
          <Notice tone="bad" isAlert>
            {notice.sentence}
          </Notice>
        )}
        {request ? (
          <Ask uid={uid} request={request} sessionId={sessionId} notice={notice} />
        ) : (
          <Notice>You were stopped at a lot of apps lately. In an hour you can ask for this one.</Notice>
        )}
      </div>
    </PeopleShell>
  )
}

/** The request, or what became of it, and the link for those who would rather ask in person. */
function Ask({
  uid,
  request,
  sessionId,
  notice,
}: Pick<Asked<'approval-needed'>, 'sessionId' | 'notice'> & { uid: string; request: WaitingRequest }) {
  return (
    <>
      {request.own ? (
        <>
          <Notice tone="ok">
            You asked <RelativeTime at={request.own.requestedAt} className="lowercase" />
            {request.own.reason ? <>: “{request.own.reason}”</> : '.'} {waitingWords(request.othersWaiting)}
          </Notice>
          <form method="post" action={`/interaction/${uid}/approval-withdrawal`}>
            <FormToken token={newFormToken(actOf(uid, 'withdraw'), sessionId)} />
            <input type="hidden" name="requestId" value={request.id} />
            <PlainSubmit>Withdraw my request</PlainSubmit>
          </form>
        </>
      ) : (
        <form method="post" action={`/interaction/${uid}/approval-request`} className="flex flex-col gap-3">
          <FormToken token={newFormToken(actOf(uid, 'request'), sessionId)} />
          <input type="hidden" name="requestId" value={request.id} />
          <TextArea
            label="Why do you need it?"
            aside="Optional, shown to your administrators"
            name="reason"
            maxLength={REASON_LENGTH_MAX}
            defaultValue={notice?.typed.reason}
            error={notice?.fields.reason}
          />
          <PlainSubmit variant="primary" size="large" wide>
            Request approval
          </PlainSubmit>
          {request.othersWaiting > 0 && (
            <p className="text-center text-meta text-muted">{waitingWords(request.othersWaiting)}</p>
          )}
        </form>
      )}
      <div className="mt-1 border-t border-line pt-4">
        <CopyField
          label={
            request.own
              ? 'Send an administrator this link, if it is urgent'
              : 'Or send an administrator this link'
          }
          value={request.link}
        />
      </div>
    </>
  )
}

function waitingWords(others: number): string {
  if (others === 0) return ''
  return others === 1 ? 'A colleague waits for the same.' : `${others} colleagues wait for the same.`
}

const COUNT_WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

function countWord(count: number): string {
  return COUNT_WORDS[count] ?? String(count)
}
