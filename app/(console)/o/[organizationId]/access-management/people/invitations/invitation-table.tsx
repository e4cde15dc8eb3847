import { Mail } from 'lucide-react'
import { ROLE } from '#components/connected-apps/app-words'
import { StatusDot } from '#components/ui/chip'
import { RelativeTime } from '#components/ui/relative-time'
import { NameCell, Row, TableBox, Td, Th } from '#components/ui/table'
import { quotaWords } from '#components/users/people-words'
import type { InvitationListed } from '#lib/domain/people/list-invitations'
import { InvitationMenu } from './invitation-menu.tsx'

/** One row an invitation: to whom, where to as what, by whom, and how long its link is good. */
export function InvitationTable({ invitations }: { invitations: InvitationListed[] }) {
  return (
    <TableBox label="Invitations">
      <thead>
        <tr>
          <Th>Invited</Th>
          <Th from="narrow">Role</Th>
          <Th from="wide">Place</Th>
          <Th from="widest">By</Th>
          <Th from="medium">Link</Th>
          <Th hiddenLabel="Acts" className="w-10" />
        </tr>
      </thead>
      <tbody>
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </tbody>
    </TableBox>
  )
}

function InvitationRow({ invitation }: { invitation: InvitationListed }) {
  const { email, role, appsMax, organization, sender, createdAt } = invitation
  return (
    <Row className="@max-[26rem]:h-14">
      <Td className="max-w-0 @max-[26rem]:w-full @min-[26rem]:max-w-72">
        <NameCell
          lead={
            <span className="flex size-7 shrink-0 items-center justify-center rounded-full bg-subtle text-ink-2">
              <Mail className="size-3.5" aria-hidden />
            </span>
          }
          name={<span className="truncate">{email}</span>}
          detail={
            <>
              <span className="block truncate @max-[36rem]:hidden">
                <RelativeTime at={createdAt} />
              </span>
              <span className="@min-[36rem]:hidden">
                <LinkState invitation={invitation} />
              </span>
            </>
          }
        />
      </Td>
      <Td from="narrow">
        {ROLE[role]}
        {appsMax !== null && <span className="text-muted">, {quotaWords(appsMax, null)}</span>}
      </Td>
      <Td from="wide" className="max-w-44 truncate">
        {organization.name}
      </Td>
      <Td from="widest" muted className="max-w-44 truncate">
        {sender ?? 'An app'}
      </Td>
      <Td from="medium">
        <LinkState invitation={invitation} />
      </Td>
      <Td className="text-right">
        <InvitationMenu invitation={{ id: invitation.id, email }} />
      </Td>
    </Row>
  )
}

/** Whether the link still leads somewhere. */
function LinkState({ invitation: { state, expiresAt } }: { invitation: InvitationListed }) {
  if (state === 'expired') return <StatusDot tone="warn">Too old, send it again</StatusDot>
  if (state === 'orphaned') return <StatusDot tone="warn">Sender left, send it again</StatusDot>
  return (
    <StatusDot tone="ok">
      <span>
        Ends <RelativeTime at={expiresAt} className="lowercase" />
      </span>
    </StatusDot>
  )
}
