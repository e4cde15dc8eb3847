import type { ReactNode } from 'react'
import { type Change, changesOf, toldBy } from '#components/audit/event-changes'
import { ButtonLink } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { Drawer } from '#components/ui/drawer'
import { type Fact, Facts } from '#components/ui/facts'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import { actWords, NOUN_WORDS, nounOf } from '#lib/domain/audit/acts'
import { type EventDetails, getEvent } from '#lib/domain/audit/get-event'
import type { UserActor } from '#lib/domain/permissions/actor'
import { orNone, shown } from '#lib/gateways/console/refuse'
import { urlWith } from '../../../../url-query.ts'
import { auditLogPath, authorizationsPath, ownedAppPath, removalPath } from '../../paths.ts'
import { ActorMark } from './event-table.tsx'

type Props = {
  actor: UserActor
  organizationId: Id<'organization'>
  eventId: Id<'event'>
  closeHref: string
  previousHref: string | undefined
  nextHref: string | undefined
}

/** All that is known of one event. */
export async function EventDrawer({
  actor,
  organizationId,
  eventId,
  closeHref,
  previousHref,
  nextHref,
}: Props) {
  const event = await shown(orNone(getEvent(actor, { rootOrganizationId: organizationId, eventId })))
  if (!event) return null
  const changes = changesOf(event)
  const told = toldBy(event)
  return (
    <Drawer
      label={event.sentence}
      lead={<ActorMark actor={event.actor} />}
      title={
        <>
          <h2 className="text-section [overflow-wrap:anywhere]">{event.sentence}</h2>
          <p className="text-muted">
            {NOUN_WORDS[nounOf(event.name)]} · {actWords(event.name)}
          </p>
        </>
      }
      closeHref={closeHref}
      {...(previousHref ? { previousHref } : {})}
      {...(nextHref ? { nextHref } : {})}
      foot={<Links event={event} organizationId={organizationId} />}
    >
      <Facts facts={factsOf(event, auditLogPath(organizationId))} />
      {changes.length > 0 && (
        <Section title="What changed">
          <dl className="flex flex-col gap-4">
            {changes.map((change) => (
              <div key={change.label}>
                <dt className="font-medium">{change.label}</dt>
                <dd className="mt-1">
                  <ChangeLines change={change} />
                </dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      {told.length > 0 && (
        <Section title="Details">
          <Facts
            facts={told.map(({ label, value }) => ({
              label,
              value: value instanceof Date ? <DateTime at={value} withTime /> : value,
            }))}
          />
        </Section>
      )}
    </Drawer>
  )
}

function factsOf(event: EventDetails, path: string): Fact[] {
  const { actor, through, subject, appId, organization, occurredAt, ip, requestId, eventId } = event
  const facts: (Fact | false)[] = [
    { label: 'Who', value: <Acting event={event} path={path} /> },
    through !== null && {
      label: 'Through',
      value: <TextLink href={urlWith(path, { app: through.appId })}>{through.name}</TextLink>,
    },
    {
      label: 'When',
      value: (
        <>
          <DateTime at={occurredAt} withTime /> <RelativeTime at={occurredAt} className="text-muted" />
        </>
      ),
    },
    ip !== null && { label: 'From', value: <code className="font-mono text-meta">{ip}</code> },
    subject.name !== actor.name && {
      label: 'On',
      value:
        subject.id !== null && subject.id === appId ? (
          <TextLink href={urlWith(path, { app: appId })}>{subject.name}</TextLink>
        ) : (
          subject.name
        ),
    },
    organization !== null && { label: 'In', value: organization.name },
    requestId !== null && { label: 'Request', value: <Code text={requestId} label="Copy the request ID" /> },
    { label: 'Event', value: <Code text={eventId} label="Copy the event ID" /> },
  ]
  return facts.filter((fact) => fact !== false)
}

/** Leads to all that they did. */
function Acting({ event: { actor }, path }: { event: EventDetails; path: string }): ReactNode {
  if (actor.kind === 'user' && actor.userId)
    return <TextLink href={urlWith(path, { person: actor.userId })}>{actor.name}</TextLink>
  if (actor.kind === 'app' && actor.appId)
    return <TextLink href={urlWith(path, { app: actor.appId })}>{actor.name}, by itself</TextLink>
  return `Gatehouse (${actor.name})`
}

function Code({ text, label }: { text: string; label: string }) {
  return (
    <span className="flex h-5 items-center gap-1">
      <code className="truncate font-mono text-meta">{text}</code>
      <CopyButton text={text} label={label} iconOnly />
    </span>
  )
}

function ChangeLines({ change }: { change: Change }) {
  if ('added' in change) {
    return (
      <ul className="flex flex-col gap-0.5">
        {change.removed.map((one) => (
          <ChangeLine key={`- ${one}`} sign="−" word="Removed">
            {one}
          </ChangeLine>
        ))}
        {change.added.map((one) => (
          <ChangeLine key={`+ ${one}`} sign="+" word="Added">
            {one}
          </ChangeLine>
        ))}
      </ul>
    )
  }
  return (
    <ul className="flex flex-col gap-0.5">
      <ChangeLine sign="−" word="Before">
        {change.before}
      </ChangeLine>
      <ChangeLine sign="+" word="After">
        {change.after}
      </ChangeLine>
    </ul>
  )
}

/** By sign, word and colour. */
function ChangeLine({ sign, word, children }: { sign: '+' | '−'; word: string; children: ReactNode }) {
  const look = sign === '+' ? 'bg-ok-bg text-ok' : 'bg-bad-bg text-bad'
  return (
    <li className="flex gap-2 [overflow-wrap:anywhere]">
      <span
        aria-hidden
        className={`mt-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-small font-mono text-fine ${look}`}
      >
        {sign}
      </span>
      <span className="min-w-0">
        <span className="sr-only">{word}: </span>
        {children}
      </span>
    </li>
  )
}

function Links({ event, organizationId }: { event: EventDetails; organizationId: string }) {
  const { appId, links, details } = event
  const { removalId } = details
  const receipt = typeof removalId === 'string' && (
    <ButtonLink href={removalPath(organizationId, removalId)}>Receipt</ButtonLink>
  )
  if (!appId || links.app === null) return receipt || null
  return (
    <>
      {receipt}
      {links.app === 'owned' && (
        <ButtonLink href={ownedAppPath(organizationId, appId)}>Open the app</ButtonLink>
      )}
      <ButtonLink href={urlWith(authorizationsPath(organizationId), { app: appId })}>
        Authorizations
      </ButtonLink>
    </>
  )
}
