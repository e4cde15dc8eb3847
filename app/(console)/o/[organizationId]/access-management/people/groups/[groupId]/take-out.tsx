'use client'

import { X } from 'lucide-react'
import { useAct } from '#components/forms/use-act'
import { IconButton } from '#components/ui/icon-button'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { putInGroup, takeFromGroup } from '../../actions.ts'

type Props = { group: { id: Id<'group'>; name: string }; person: { id: Id<'user'>; name: string } }

/** Takes somebody out of the group at once: it can be taken back. */
export function TakeOut({ group, person }: Props) {
  const back = useAct(putInGroup, () => toast(`${person.name} is in ${group.name} again.`))
  const { run, pending } = useAct(takeFromGroup)
  return (
    <IconButton
      label={`Take ${person.name} out of the group`}
      icon={<X aria-hidden />}
      size="small"
      disabled={pending}
      onClick={() =>
        run(
          { groupId: group.id, userId: person.id },
          {
            onSuccess: (answer) =>
              answer.ok
                ? toast(`${person.name} is no longer in ${group.name}.`, {
                    undo: () => back.run({ groupId: group.id, userIds: [person.id] }),
                  })
                : toast(answer.refusal.sentence, { kind: 'failed' }),
          },
        )
      }
    />
  )
}
