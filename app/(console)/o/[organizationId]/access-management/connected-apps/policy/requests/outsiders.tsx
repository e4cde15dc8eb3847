'use client'

import { Users } from 'lucide-react'
import { Checkbox } from '#components/ui/checkbox'
import { Notice } from '#components/ui/notice'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import { groupPath } from '../../../../paths.ts'

type Props = {
  organizationId: Id<'organization'>
  group: { id: Id<'group'>; name: string }
  outsiders: number
  /** Otherwise an administrator has to. */
  mayOpen: boolean
  isOpened: boolean
  onChange: (isOpened: boolean) => void
  error?: string | undefined
}

/** The app is listed for a group, and somebody who asks is not in it: an approval alone would not help them. */
export function Outsiders({ organizationId, group, outsiders, mayOpen, isOpened, onChange, error }: Props) {
  return (
    <div className="flex flex-col gap-3">
      <Notice icon={<Users aria-hidden />} tone="warn">
        It is allowlisted for the group{' '}
        {mayOpen ? <TextLink href={groupPath(organizationId, group.id)}>{group.name}</TextLink> : group.name},
        and{' '}
        {outsiders === 1
          ? 'one of those who ask is not in it.'
          : `${outsiders.toLocaleString('en')} of those who ask are not in it.`}{' '}
        {mayOpen
          ? 'Add them to the group, or open the entry to everyone.'
          : 'Before anybody can approve this, an administrator of the organization has to add them to the group, or open the entry to everyone.'}
      </Notice>
      {mayOpen && (
        <Checkbox
          label="Open to everyone"
          hint="From now on all members may authorize it, for what its entry holds."
          checked={isOpened}
          aria-invalid={error ? true : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
      )}
      {error && (
        <p role="alert" className="text-meta text-bad">
          {error}
        </p>
      )}
    </div>
  )
}
