'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Chip } from '#components/ui/chip'
import { IconButton } from '#components/ui/icon-button'
import { PersonLine } from '#components/ui/person-line'
import { DateTime } from '#components/ui/relative-time'
import { LineList, Section } from '#components/ui/section'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { PossibleReviewer } from '#lib/domain/allowlist/list-possible-reviewers'
import type { Reviewer } from '#lib/domain/allowlist/list-reviewers'
import { endReview, nameToReview } from '../actions.ts'
import { ReviewerSearch } from './reviewer-search.tsx'

type Props = {
  organizationId: Id<'organization'>
  reviewers: Reviewer[]
  /** The first of those who could be named. */
  possible: PossibleReviewer[]
}

/** Who answers requests beside the administrators: named one by one, ended one by one. */
export function Reviewers({ organizationId, reviewers, possible }: Props) {
  const [chosen, setChosen] = useState<PossibleReviewer | null>(null)
  const named = useAct(nameToReview, () => {
    setChosen(null)
    toast(`${chosen?.name ?? 'They'} may answer requests from now on.`)
  })
  const ended = useAct(endReview, (_, { userId }) =>
    toast(`${reviewers.find(({ id }) => id === userId)?.name ?? 'They'} may no longer answer requests.`),
  )
  return (
    <Section
      title="Reviewers"
      hint="Administrators of business groups who answer requests, too: they see what waits, approve and decline, and see nothing else of the policy. All administrators of the organization answer requests anyway."
    >
      <RefusalNotice refusal={named.refusal ?? ended.refusal} />
      {reviewers.length > 0 && (
        <LineList label="Reviewers">
          {reviewers.map(({ id, name, username, namedAt, namedBy, isActive, isDeactivated }) => (
            <li key={id}>
              <span className="min-w-0 flex-1">
                <PersonLine name={name} detail={username} />
              </span>
              {!isActive && (
                <Chip tone="warn">{isDeactivated ? 'Deactivated' : 'Administers no business group now'}</Chip>
              )}
              <span className="text-meta text-muted max-sm:hidden">
                since <DateTime at={namedAt} />
                {namedBy && `, by ${namedBy}`}
              </span>
              <IconButton
                label={`End that ${name} answers requests`}
                icon={<X aria-hidden />}
                size="small"
                onClick={() => ended.run({ rootOrganizationId: organizationId, userId: id })}
              />
            </li>
          ))}
        </LineList>
      )}
      {possible.length > 0 ? (
        <div className="flex max-w-md items-end gap-2">
          <div className="min-w-0 flex-1">
            <ReviewerSearch
              // Empty again after each choice.
              key={reviewers.length}
              organizationId={organizationId}
              first={possible}
              chosen={chosen}
              onChange={setChosen}
            />
          </div>
          <Button
            pending={named.pending}
            disabled={!chosen}
            onClick={() => chosen && named.run({ rootOrganizationId: organizationId, userId: chosen.id })}
          >
            Name reviewer
          </Button>
        </div>
      ) : (
        <p className="text-muted">
          {reviewers.length > 0
            ? 'Nobody else administers a business group without administering the organization.'
            : 'Nobody administers a business group without administering the organization.'}
        </p>
      )}
    </Section>
  )
}
