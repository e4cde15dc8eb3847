'use client'

import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { words } from '../ui/words.ts'
import { LeaveGuard } from './leave-guard.tsx'

type SaveBarProps = {
  /** Something is typed or chosen that is not saved. The bar appears and leaving asks. */
  isDirty: boolean
  /** What becomes what: “Unrestricted becomes Restricted.” */
  changes: ReactNode
  /** What was sent was refused, and the fields still say why: what would become what is no news then. */
  isRefused?: boolean
  pending?: boolean
  /** The form to submit, or `onSave`. */
  form?: string
  onSave?: () => void
  onCancel: () => void
  /** False where the save would change nothing or is not allowed yet. */
  canSave?: boolean
}

/** The foot of a page with unsaved edits. Give the page's form the id in `form`, or handle `onSave`. */
export function SaveBar({
  isDirty,
  changes,
  isRefused = false,
  pending,
  form,
  onSave,
  onCancel,
  canSave = true,
}: SaveBarProps) {
  return (
    <>
      <LeaveGuard active={isDirty && !pending} />
      {isDirty && (
        <section
          data-save-bar
          aria-label={words.unsaved}
          className="fixed right-0 bottom-(--foot-height,0px) left-(--side-width,0px) z-10 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-surface px-4 py-3 sm:px-8"
        >
          <p role="status" className="min-w-0 flex-1 basis-60 text-ink-2">
            <span aria-hidden className="mr-2 inline-block size-[7px] rounded-full bg-accent align-middle" />
            <span className="mr-2 font-medium text-ink">{words.unsaved}</span>
            {isRefused ? words.notSaved : changes}
          </p>
          <div className="flex gap-2 max-sm:w-full max-sm:*:h-11 max-sm:*:flex-1">
            <Button onClick={onCancel} disabled={pending}>
              {words.cancel}
            </Button>
            <Button
              variant="primary"
              type={form ? 'submit' : 'button'}
              form={form}
              onClick={form ? undefined : onSave}
              pending={pending}
              disabled={!canSave}
            >
              {words.saveChanges}
            </Button>
          </div>
        </section>
      )}
    </>
  )
}
