'use client'

import { Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { makeGroup } from '../../actions.ts'

const GroupDialog = dynamic(() => import('../group-dialog.tsx'), { ssr: false })

type Props = { organizationId: Id<'organization'>; path: string }

/** Makes a group and goes to it: it has nobody in it yet. */
export function NewGroup({ organizationId, path }: Props) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const act = useAct(makeGroup, ({ groupId }, { name }) => {
    setOpen(false)
    toast(`The group ${name.trim()} is created.`)
    router.push(`${path}/${groupId}`)
  })
  return (
    <>
      <Button icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Create group
      </Button>
      {isOpen && (
        <GroupDialog
          title="Create a group"
          confirm="Create group"
          value={{ name: '', description: '' }}
          act={act}
          onSave={(value) => act.run({ rootOrganizationId: organizationId, ...value })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
