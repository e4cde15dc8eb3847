import type { ReactNode } from 'react'
import { PersonLine } from '#components/ui/person-line'

/** The account a person acts as, on a card that asks them something; `act` switches it. */
export function AccountBox({ name, email, act }: { name: string; email: string; act?: ReactNode }) {
  return (
    <div className="flex min-h-12 items-center justify-between gap-3 rounded-box border border-line px-2.5 py-1.5">
      <PersonLine name={name} detail={email} below size="medium" />
      {act}
    </div>
  )
}
