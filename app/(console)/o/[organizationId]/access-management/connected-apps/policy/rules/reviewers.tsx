'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Chip } from '#components/ui/chip'
import { Combobox } from '#components/ui/combobox'
import { IconButton } from '#components/ui/icon-button'
import { PersonLine } from '#components/ui/person-line'
import { DateTime } from '#components/ui/relative-time'
import { LineList, Section } from '#components/ui/section'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { Reviewers as Listed } from '#lib/domain/allowlist/list-reviewers'
import { endReview, nameToReview } from '../actions.ts'

type Props = { organizationId: Id<'organization'> } & Listed

/** Who answers requests beside the administrators: named one by one, ended one by one. */
export function Reviewers({ organizationId, reviewers, possible }: Props) {
  const [chosen, setChosen] = useState<Id<'user'> | null>(null)
  const named = useAct(nameToReview, () => {
    setChosen(null)
    toast('They answer requests from now on.')
  })
  const ended = useAct(endReview, () => toast('They no longer answer requests.'))
  return (
    <Section
      title="Reviewers"
      hint="Administrators of business groups who answer requests, too: they see what waits, approve and decline, and see nothing else of the policy. All administrators of the organization answer requests anyway."
    >
      <RefusalNotice refusal={named.refusal ?? ended.refusal} />
      {reviewers.length > 0 && (
        <LineList label="Reviewers">
          {reviewers.map(({ id, name, username, namedAt, namedBy, isActive }) => (
            <li key={id}>
              <span className="min-w-0 flex-1">
                <PersonLine name={name} detail={username} />
              </span>
              {!isActive && <Chip tone="warn">Administers no business group now</Chip>}
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
            <Combobox
              // Empty again after each choice.
              key={reviewers.length}
              label="Administrator of a business group"
              options={possible.map(({ id, name, username }) => ({
                value: id as string,
                label: `${name} (${username})`,
              }))}
              value={chosen}
              onChange={(id) => setChosen(id as Id<'user'>)}
              placeholder="Name"
              empty="Nobody who administers a business group is called that."
            />
          </div>
          <Button
            pending={named.pending}
            disabled={!chosen}
            onClick={() => chosen && named.run({ rootOrganizationId: organizationId, userId: chosen })}
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
