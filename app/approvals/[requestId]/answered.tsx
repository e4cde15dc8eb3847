import { Ban, CircleCheck, CircleX, Clock, PackageX, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import { DateTime } from '#components/ui/relative-time'
import { listed } from '#lib/base/listed'
import type { ApprovalRequestPage } from '#lib/domain/allowlist/get-approval-request'
import type { UserActor } from '#lib/domain/permissions/actor'
import { requestsPath } from '../../(console)/o/[organizationId]/paths.ts'
import { DemoBanner } from '../../demo-banner.tsx'
import { SignedIn } from './signed-in.tsx'

/** Nothing is left to decide here: says what became of the request, and where to change it. */
export function Answered({ actor, request }: { actor: UserActor; request: ApprovalRequestPage }) {
  const { mark, title, body } = wordsFor(request)
  return (
    <PeopleShell banner={<DemoBanner />} aside={<SignedIn name={actor.name} />}>
      <Message
        mark={mark}
        title={title}
        acts={<ButtonLink href={requestsPath(request.organization.id)}>Go to Requests</ButtonLink>}
      >
        {body}
      </Message>
    </PeopleShell>
  )
}

/** What somebody did, where they did not answer this request by itself. */
const DID = {
  'entry-added': 'put the app on the allowlist',
  'entry-widened': 'allowlisted the app for more',
  'entry-limited': 'changed for whom the app is allowlisted',
} as const

function whenWords({ at, by, because, reason }: NonNullable<ApprovalRequestPage['answer']>): ReactNode {
  const on = <DateTime at={at} withTime />
  if (because === 'covered') return <>It was over on {on}, as everybody who asked may use the app.</>
  const who = by ?? 'An administrator'
  if (because)
    return (
      <>
        {who} {DID[because]} on {on}, and this request was answered with it.
      </>
    )
  return (
    <>
      {who} answered on {on}
      {reason ? `: “${reason}”` : '.'}
    </>
  )
}

function wordsFor(request: ApprovalRequestPage): { mark: ReactNode; title: string; body: ReactNode } {
  const { app, organization, added, answer, entry } = request
  const when = answer && <p>{whenWords(answer)}</p>
  switch (request.state) {
    case 'approved':
    case 'listed':
      if (!entry)
        return {
          mark: <Clock aria-hidden />,
          title: `${app.name} is no longer on the allowlist of ${organization.name}`,
          body: (
            <>
              {when}
              <p>
                This request was approved, and the entry of the app has ended or was removed since. Whoever
                still needs the app can ask again from there, or it can be allowlisted under Policy ›
                Allowlist.
              </p>
            </>
          ),
        }
      return {
        mark: <CircleCheck className="text-ok" aria-hidden />,
        title: `${app.name} is on the allowlist of ${organization.name}`,
        body: (
          <>
            <p>
              {entry.outsiders > 0
                ? `Its entry is for the group ${entry.group?.name} by now, and not everybody who asked is in it.`
                : added.length === 0
                  ? 'It is approved for all that was asked here.'
                  : `It is approved for a part of what was asked here; not for: ${listed(added.map((scope) => scope.title))}.`}{' '}
              People who wait can start again, and each decides for themselves.
            </p>
            {when}
          </>
        ),
      }
    case 'declined':
      return {
        mark: <CircleX aria-hidden />,
        title: `This request for ${app.name} was declined`,
        body: (
          <>
            {when}
            <p>
              Whoever still needs the app can ask again from there, or it can be allowlisted under Policy ›
              Allowlist.
            </p>
          </>
        ),
      }
    case 'withdrawn':
      return {
        mark: <Undo2 aria-hidden />,
        title: `This request for ${app.name} was withdrawn`,
        body: <p>Nobody waits for it any more. There is nothing to do.</p>,
      }
    case 'blocked':
      return {
        mark: <Ban aria-hidden />,
        title: `${organization.name} has blocked ${app.name}`,
        body: <p>The request ended with that, and those who waited were told. There is nothing to do.</p>,
      }
    case 'not-needed':
      return {
        mark: <CircleCheck className="text-ok" aria-hidden />,
        title: `${app.name} needs no approval any more`,
        body: (
          <p>
            The policy of {organization.name} has changed since, and those who waited were told that they can
            go on. There is nothing to do.
          </p>
        ),
      }
    case 'app-gone':
      return {
        mark: <PackageX aria-hidden />,
        title: 'This app is no longer there',
        body: <p>{app.name} was deleted by its publisher. There is nothing to approve.</p>,
      }
    default:
      return {
        mark: <Clock aria-hidden />,
        title: 'This link has expired',
        body: (
          <p>
            Approval links are good for 30 days, and those who waited were told. Whoever still needs{' '}
            {app.name} gets a new one by opening the app again.
          </p>
        ),
      }
  }
}
