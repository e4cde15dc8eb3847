import { OrganizationTile } from '#components/ui/app-tile'
import { Notice } from '#components/ui/notice'
import { RelativeTime } from '#components/ui/relative-time'
import { quotaWords } from '#components/users/people-words'
import type { InvitationShown } from '#lib/domain/people/find-invitation'
import type { Notice as Refused } from '#lib/gateways/console/notice'

const AS = { administrator: 'an administrator', developer: 'a developer', member: 'a member' } as const
const CAN = {
  administrator: 'You look after its apps and its people, and of all business groups below it.',
  developer: 'You create apps there, and look after the ones you own.',
  member: 'You may let apps act for you there.',
} as const

/** Who invites to what, as what, and until when; above that, what was refused. */
export function Invited({ invitation, notice }: { invitation: InvitationShown; notice?: Refused | null }) {
  const { organization, rootName, senderName, role, appsMax, expiresAt } = invitation
  const hasFieldErrors = Object.keys(notice?.fields ?? {}).length > 0
  return (
    <>
      <div className="mb-3">
        <OrganizationTile name={rootName ?? organization.name} size="huge" />
      </div>
      <h1 className="text-title text-balance">Join {organization.name}</h1>
      <p className="mt-1 text-ink-2">
        {senderName ?? 'An administrator'} invites you as {AS[role]}
        {rootName && (
          <>
            {' '}
            of {organization.name}, a business group of {rootName}
          </>
        )}
        . {CAN[role]}
        {appsMax !== null && ` You may own up to ${quotaWords(appsMax, null)}.`}
      </p>
      <p className="mt-1 mb-5 text-meta text-muted">
        The link ends <RelativeTime at={expiresAt} className="lowercase" />.
      </p>
      {notice && (
        <div className="mb-4">
          <Notice tone="bad" isAlert>
            {hasFieldErrors ? 'Something below is not right yet. Nothing was made.' : notice.sentence}
          </Notice>
        </div>
      )}
    </>
  )
}
