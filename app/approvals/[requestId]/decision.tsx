import { Check } from 'lucide-react'
import { NotOpenHere } from '#components/connected-apps/not-open-here'
import { RequestChanges } from '#components/connected-apps/request-changes'
import { requestTitle } from '#components/connected-apps/request-title'
import { Requesters } from '#components/connected-apps/requesters'
import { ScopeChoices } from '#components/connected-apps/scope-choices'
import { ScopeLines } from '#components/connected-apps/scope-lines'
import { sentBackTo } from '#components/connected-apps/sent-back-to'
import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { Disclosure } from '#components/ui/disclosure'
import { type Fact, Facts } from '#components/ui/facts'
import { Notice } from '#components/ui/notice'
import { DateTime } from '#components/ui/relative-time'
import { newFormToken } from '#lib/base/form-token'
import type { Id } from '#lib/base/ids'
import { listed } from '#lib/base/listed'
import type { ApprovalRequestPage } from '#lib/domain/allowlist/get-approval-request'
import type { Abilities } from '#lib/domain/permissions/abilities'
import type { UserActor } from '#lib/domain/permissions/actor'
import type { Notice as Refused } from '#lib/gateways/console/notice'
import { requestsPath } from '../../(console)/o/[organizationId]/paths.ts'
import { AppPicture } from '../../app-picture.tsx'
import { DemoBanner } from '../../demo-banner.tsx'
import { approvalAct } from './approval-act.ts'
import { EntryLimits } from './entry-limits.tsx'
import { SignedIn } from './signed-in.tsx'

type Props = {
  actor: UserActor
  request: ApprovalRequestPage
  abilities: Abilities
  /** Those a new entry can be for. */
  groups: readonly { id: Id<'group'>; name: string }[]
  notice: Refused | null
}

/** One screen, one decision: what is new, who waits, what has changed since. */
export function Decision({ actor, request, abilities, groups, notice }: Props) {
  const { app, organization, added, listed } = request
  const formId = 'approval'
  const mayUnblock = abilities.includes('installations.block')
  const mayOpen = abilities.includes('allowlist.change-entries')
  const hasOutsiders = request.entry !== null && request.entry.outsiders > 0
  const mayApprove = app.isOpenHere && (!request.isBlocked || mayUnblock) && (!hasOutsiders || mayOpen)
  return (
    <PeopleShell
      width="wide"
      banner={<DemoBanner />}
      aside={
        <SignedIn
          name={actor.name}
          place={abilities.includes('allowlist.view') ? 'Administrator' : 'Reviewer'}
        />
      }
      below="Opening this page changed nothing. Each person still decides for themselves."
      foot={
        <div className="flex flex-wrap justify-end gap-2 max-sm:grid max-sm:grid-cols-1">
          <ButtonLink href="/" className="max-sm:order-2 max-sm:h-11">
            Cancel
          </ButtonLink>
          {mayApprove ? (
            <PlainSubmit
              form={formId}
              variant="primary"
              className="h-auto min-h-8 shrink py-1 whitespace-normal max-sm:min-h-11"
            >
              {request.isBlocked ? 'Unblock and allowlist' : 'Allowlist'} app for {organization.name}
            </PlainSubmit>
          ) : (
            <ButtonLink href={requestsPath(organization.id)} className="max-sm:h-11">
              Go to Requests
            </ButtonLink>
          )}
        </div>
      }
    >
      <div className="mb-4 flex items-start gap-3">
        <AppPicture id={app.id} name={app.name} size="huge" />
        <div className="min-w-0">
          <h1 className="text-title text-balance">{requestTitle(request)}</h1>
          <p className="text-muted">{subtitleOf(request)}</p>
        </div>
      </div>
      <form
        id={formId}
        method="post"
        action={`/approvals/${request.id}/approval`}
        className="flex flex-col gap-5"
      >
        <FormToken token={newFormToken(approvalAct(request.id), actor.sessionId ?? null)} />
        <input type="hidden" name="appVersion" value={app.version} />
        {notice && (
          <Notice tone="bad" isAlert>
            {notice.sentence}
          </Notice>
        )}
        {request.isBlocked && (
          <Notice tone="bad">
            {organization.name} has blocked this app.{' '}
            {mayUnblock
              ? 'Allowlisting it here lifts the block.'
              : 'An administrator of the organization has to unblock it before anybody can approve this.'}
          </Notice>
        )}
        {request.isBlocked && mayUnblock && <input type="hidden" name="alsoUnblock" value="true" />}
        {!app.isOpenHere && <NotOpenHere app={app} />}
        {app.isDisabled && (
          <Notice>Its publisher has disabled this app. People can use it once it is enabled again.</Notice>
        )}
        <RequestChanges request={request} />
        {added.length > 0 && (
          <section>
            <h2 className="mb-1.5 text-section">
              {listed.length > 0 ? 'New, asked on ' : 'Asked on '}
              <DateTime at={request.requestedAt ?? request.createdAt} />
            </h2>
            <ScopeChoices
              scopes={added}
              // Sent back after a refusal, it shows what was chosen: nothing, where that is lost.
              chosen={notice ? (notice.typed.scope ?? '').split(' ') : undefined}
              isNew
            />
          </section>
        )}
        {listed.length > 0 && (
          <section>
            <h2 className="mb-1 text-section">Allowed already</h2>
            <Disclosure summary={<span className="text-ink-2">{sentenceOf(listed)}</span>}>
              <ScopeLines scopes={listed} />
            </Disclosure>
          </section>
        )}
        <Requesters requesters={request.requesters} count={request.requestersCount} />
        <EntryLimits request={request} mayOpen={mayOpen} groups={groups} notice={notice} />
        <div className="border-t border-line pt-4">
          <Facts facts={factsOf(request)} />
        </div>
      </form>
    </PeopleShell>
  )
}

function subtitleOf({ app, people }: ApprovalRequestPage): string {
  const host = app.website && URL.canParse(app.website) ? new URL(app.website).host : null
  const users =
    people === 0
      ? 'nobody here uses it yet'
      : people === 1
        ? 'one person here uses it'
        : `${people.toLocaleString('en')} people here use it`
  return [app.publisher, host, users].filter(Boolean).join(' · ')
}

/** Titles begin with a capital letter; in a row only the first does. */
function sentenceOf(scopes: ApprovalRequestPage['listed']): string {
  const titles = scopes.map(({ title }, at) =>
    at === 0 ? title : title.charAt(0).toLowerCase() + title.slice(1),
  )
  return `${listed(titles)}.`
}

function factsOf(request: ApprovalRequestPage): Fact[] {
  const { app } = request
  return [
    { label: 'Sends people back to', value: sentBackTo(app.redirectHosts) || '–' },
    { label: 'Expires', value: <DateTime at={request.expiresAt} /> },
    { label: 'Client ID', value: <code className="font-mono text-meta break-all">{app.clientId}</code> },
    ...(request.changes.length === 0
      ? [
          {
            label: 'Since the request',
            value: (
              <>
                <Check className="mr-1.5 inline size-3.5 align-[-2px] text-ok" aria-hidden />
                Name, publisher and redirect host are unchanged
              </>
            ),
          },
        ]
      : []),
  ]
}
