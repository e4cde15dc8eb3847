'use client'

import { Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { Button } from '#components/ui/button'
import type { BranchNode } from '#lib/domain/organizations/list-business-groups'
import { parentsFor } from './parents.ts'

const CreateDialog = dynamic(() => import('./create-dialog.tsx'), { ssr: false })
const RenameDialog = dynamic(() => import('./rename-dialog.tsx'), { ssr: false })
const MoveDialog = dynamic(() => import('./move-dialog.tsx'), { ssr: false })
const DeleteDialog = dynamic(() => import('./delete-dialog.tsx'), { ssr: false })

type Asked = { kind: 'create' | 'rename' | 'move' | 'delete'; id: string }

const ActsContext = createContext<{ ask: (asked: Asked) => void }>({ ask: () => {} })

/** What a row can do. */
export const useGroupActs = () => useContext(ActsContext)

/** Holds what was asked above the table, so that a dialog stays while its row moves or goes. */
export function GroupActs({ branch, children }: { branch: BranchNode[]; children: ReactNode }) {
  const [asked, setAsked] = useState<(Asked & { node: BranchNode }) | null>(null)
  const acts = useMemo(
    () => ({
      ask: (one: Asked) => {
        const node = branch.find(({ id }) => id === one.id)
        if (node) setAsked({ ...one, node })
      },
    }),
    [branch],
  )
  const close = () => setAsked(null)
  return (
    <ActsContext value={acts}>
      {children}
      {asked?.kind === 'create' && <CreateDialog key={asked.id} node={asked.node} onClose={close} />}
      {asked?.kind === 'rename' && <RenameDialog key={asked.id} node={asked.node} onClose={close} />}
      {asked?.kind === 'move' && (
        <MoveDialog
          key={asked.id}
          node={asked.node}
          parents={parentsFor(asked.node, branch)}
          onClose={close}
        />
      )}
      {asked?.kind === 'delete' && <DeleteDialog key={asked.id} node={asked.node} onClose={close} />}
    </ActsContext>
  )
}

/** The page's one primary act. */
export function CreateButton({ parentId }: { parentId: string }) {
  const { ask } = useGroupActs()
  return (
    <Button
      variant="primary"
      icon={<Plus aria-hidden />}
      onClick={() => ask({ kind: 'create', id: parentId })}
    >
      Create business group
    </Button>
  )
}
