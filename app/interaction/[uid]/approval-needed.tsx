import { CircleCheck, Hourglass } from 'lucide-react'
import { ScopeLines } from '#components/connected-apps/scope-lines'
import { PeopleShell } from '#components/shell/people-shell'
import { Chip } from '#components/ui/chip'
import { Disclosure } from '#components/ui/disclosure'
import { Notice } from '#components/ui/notice'
import { TextLink } from '#components/ui/text-link'
import { AppPicture } from '../../app-picture.tsx'
import { DemoBanner } from '../../demo-banner.tsx'
import { AskApproval } from './ask-approval.tsx'
import type { Asked } from './asked.ts'
import { PersonFoot } from './back-to-app.tsx'

/** Nothing was shared. The person asks their administrators here, or takes the link to one. */
export function ApprovalNeeded({ view, sessionId, notice }: Asked<'approval-needed'>) {
  const { uid, app, organization, person, missing, listed, request, noRequest } = view
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
          <AskApproval uid={uid} app={app} request={request} sessionId={sessionId} notice={notice} />
        ) : (
          <Notice>{noRequest}</Notice>
        )}
      </div>
    </PeopleShell>
  )
}

const COUNT_WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

function countWord(count: number): string {
  return COUNT_WORDS[count] ?? String(count)
}
