'use client'

import { Plus, UserMinus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Menu } from '#components/ui/menu'
import type { Operator } from '#lib/domain/users/list-operators'

const NameDialog = dynamic(() => import('./name-dialog.tsx'), { ssr: false })
const EndDialog = dynamic(() => import('./end-dialog.tsx'), { ssr: false })

/** The page's one primary act. */
export function NameOperator() {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setIsOpen(true)}>
        Add operator
      </Button>
      {isOpen && <NameDialog onClose={() => setIsOpen(false)} />}
    </>
  )
}

type EndOfficeProps = {
  operator: Pick<Operator, 'id' | 'fullName'>
  isSelf: boolean
  /** The only one, who hands the office on before leaving it. */
  isLast: boolean
}

/** The … of an operator. */
export function EndOffice({ operator, isSelf, isLast }: EndOfficeProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Menu
        label={`More actions for ${operator.fullName}`}
        entries={[
          {
            label: isSelf ? 'Step down…' : 'End the office…',
            icon: <UserMinus aria-hidden />,
            hint: isLast ? 'Add another operator first' : undefined,
            danger: true,
            disabled: isLast,
            onSelect: () => setIsOpen(true),
          },
        ]}
      />
      {isOpen && <EndDialog operator={operator} isSelf={isSelf} onClose={() => setIsOpen(false)} />}
    </>
  )
}
