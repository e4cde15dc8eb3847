'use client'

import { Dialog as Kit } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, type RefObject, useRef } from 'react'
import { classNames } from './class-names.ts'
import { words } from './words.ts'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Names the thing and the act: “Remove Sheetbridge?”. */
  title: ReactNode
  description?: ReactNode
  /** Before the title, e.g. an app tile. */
  lead?: ReactNode
  /** 520 or 560 px; `small` (440) for a question of one sentence. */
  size?: 'small' | 'medium' | 'large'
  /** What takes the focus: the first field, or Cancel where the act is grave. Without it the dialog itself does. */
  initialFocus?: RefObject<HTMLElement | null>
  /** Right-aligned: Cancel, then the act. `footStart` stands on the left. */
  foot?: ReactNode
  footStart?: ReactNode
  /** False where closing would lose something (a secret shown once): no ×, Escape or press outside. */
  dismissable?: boolean
  children?: ReactNode
}

/** A dialog. Load its content when opened (`lazy`) and keep it controlled. On a phone it rises from the foot. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  lead,
  size = 'medium',
  initialFocus,
  foot,
  footStart,
  dismissable = true,
  children,
}: DialogProps) {
  const titleElement = useRef<HTMLHeadingElement>(null)
  return (
    <Kit.Root
      open={open}
      disablePointerDismissal={!dismissable}
      onOpenChange={(next, details) => {
        if (!next && !dismissable && details.reason !== 'close-press') return details.cancel()
        onOpenChange(next)
      }}
    >
      <Kit.Portal>
        <Kit.Backdrop className="fixed inset-0 z-30 bg-scrim transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0" />
        <Kit.Viewport className="fixed inset-0 z-30 flex items-center justify-center overflow-hidden p-4 max-sm:items-end max-sm:p-0">
          <Kit.Popup
            initialFocus={initialFocus ?? titleElement}
            className={classNames(
              'flex max-h-full w-full flex-col overflow-hidden rounded-dialog bg-surface shadow-dialog transition-[opacity,translate] duration-150 outline-none data-starting-style:translate-y-1 data-starting-style:opacity-0 data-ending-style:opacity-0 max-sm:max-h-[92dvh] max-sm:rounded-b-none',
              { small: 'sm:max-w-[440px]', medium: 'sm:max-w-[540px]', large: 'sm:max-w-[560px]' }[size],
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-4 pb-1">
              {lead}
              <div className="min-w-0 flex-1">
                <Kit.Title
                  ref={titleElement}
                  tabIndex={-1}
                  data-dialog-title
                  className="text-dialog text-balance outline-none"
                >
                  {title}
                </Kit.Title>
                {description && <Kit.Description className="text-ink-2">{description}</Kit.Description>}
              </div>
              {dismissable && (
                <Kit.Close
                  aria-label={words.close}
                  className="-mt-1 -mr-1.5 flex size-8 shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-subtle hover:text-ink"
                >
                  <X aria-hidden />
                </Kit.Close>
              )}
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-3 pb-5">{children}</div>
            {(foot || footStart) && (
              <footer className="flex min-h-14 flex-wrap items-center gap-2 border-t border-line px-5 py-3 max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))]">
                {footStart && <div className="mr-auto">{footStart}</div>}
                <div className="ml-auto flex gap-2 max-sm:w-full max-sm:*:h-11 max-sm:*:flex-1">{foot}</div>
              </footer>
            )}
          </Kit.Popup>
        </Kit.Viewport>
      </Kit.Portal>
    </Kit.Root>
  )
}
