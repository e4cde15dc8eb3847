import { Check } from 'lucide-react'
import { NotOpenHere } from '#components/connected-apps/not-open-here'
import { RequestChanges } from '#components/connected-apps/request-changes'
import { requestTitle } from '#components/connected-apps/request-title'
import { Requesters } from '#components/connected-apps/requesters'
import { byRisk } from '#components/connected-apps/scope-lines'
import { Notice } from '#components/ui/notice'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { RiskBars } from '#components/ui/risk-bars'
import { LineList, Section } from '#components/ui/section'
import type { ApprovalRequestPage } from '#lib/domain/allowlist/get-approval-request'
import type { Abilities } from '#lib/domain/permissions/abilities'
import { DecisionForm } from './decision-form.tsx'
import { RequestHead } from './request-head.tsx'

type Props = { request: ApprovalRequestPage; abilities: Abilities; listHref: string }

/** One decision: what is new stands apart and can be chosen singly; reasons in people's own words. */
export function Decision({ request, abilities, listHref }: Props) {
  const { app, organization, added, listed, entry } = request
  return (
    <DecisionForm
      request={{
        id: request.id,
        app: { id: app.id, name: app.name, version: app.version },
        organization,
        added,
        listed,
        people: request.people,
        isBlocked: request.isBlocked,
        isOpenHere: app.isOpenHere,
        entry,
      }}
      mayBlock={abilities.includes('installations.block')}
      mayChooseGroup={abilities.includes('allowlist.change-entries')}
      listHref={listHref}
      head={
        <>
          <RequestHead request={request} title={requestTitle(request)} listHref={listHref} />
          {request.isBlocked && (
            <Notice tone="bad">
              {organization.name} has blocked this app.{' '}
              {abilities.includes('installations.block')
                ? 'Decline the request, or lift the block with the approval.'
                : 'Decline the request; for an approval an administrator of the organization has to unblock it first.'}
            </Notice>
          )}
          {!app.isOpenHere && <NotOpenHere app={app} />}
          {app.isDisabled && (
            <Notice>Its publisher has disabled this app. People can use it once it is enabled again.</Notice>
          )}
          <RequestChanges request={request} />
        </>
      }
      foot={
        <p className="text-meta text-muted">
          The request expires <RelativeTime at={request.expiresAt} className="lowercase" />, on{' '}
          <DateTime at={request.expiresAt} />. Those who wait are told then, as of any answer.
        </p>
      }
    >
      <Requesters requesters={request.requesters} count={request.requestersCount} />
      {listed.length > 0 && (
        <Section
          title="Already in the entry"
          acts={
            entry && (
              <p className="text-muted">
                since <DateTime at={entry.since} />
                {entry.by && `, by ${entry.by}`}
                {entry.endsAt && (
                  <>
                    {' '}
                    · ends <DateTime at={entry.endsAt} />
                  </>
                )}
              </p>
            )
          }
        >
          <LineList label="Already in the entry" isInset>
            {byRisk(listed).map((scope) => (
              <li key={scope.name}>
                <Check className="size-3.5 text-muted" aria-hidden />
                <span className="min-w-0 flex-1">{scope.title}</span>
                <code className="font-mono text-meta text-ink-2 max-sm:hidden">{scope.name}</code>
                <RiskBars level={scope.risk} />
              </li>
            ))}
          </LineList>
        </Section>
      )}
    </DecisionForm>
  )
}
