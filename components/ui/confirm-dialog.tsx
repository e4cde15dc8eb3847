'use client'

import { AlertDialog as Kit } from '@base-ui/react/alert-dialog'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { TextField } from './text-field.tsx'
import { words } from './words.ts'

type ConfirmDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Names the thing and the act. */
  title: ReactNode
  lead?: ReactNode
  /** The effect in numbers and the consequence in a sentence. */
  children?: ReactNode
  /** Below that, the whole width: numbers side by side, choices. */
  details?: ReactNode
  /** The words of the last button: the act itself. */
  confirm: string
  cancel?: string
  /** Solid red on the last button. */
  danger?: boolean
  pending?: boolean
  /** False while what is to be confirmed is not told yet. */
  isReady?: boolean
  /** Only where something is deleted or handed over for good: its name must be typed. */
  typedName?: string
  /** With what was typed, if something must be. */
  onConfirm: (typed: string) => void
}

/** Asks before what cannot be undone. Focus rests on Cancel; a press outside does not answer. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  lead,
  children,
  details,
  confirm,
  cancel = words.cancel,
  danger,
  pending,
  isReady = true,
  typedName,
  onConfirm,
}: ConfirmDialogProps) {
  const cancelButton = useRef<HTMLButtonElement>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const isNamed = typedName === undefined || typed.trim() === typedName
  return (
    <Kit.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) setTyped('')
        onOpenChange(next)
      }}
    >
      <Kit.Portal>
        <Kit.Backdrop className="fixed inset-0 z-30 bg-scrim transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0" />
        <Kit.Viewport className="fixed inset-0 z-30 flex items-center justify-center p-4 max-sm:items-end max-sm:p-0">
          <Kit.Popup
            initialFocus={typedName === undefined ? cancelButton : nameField}
            className="flex max-h-full w-full flex-col overflow-y-auto rounded-dialog bg-surface shadow-dialog transition-[opacity,translate] duration-150 outline-none data-starting-style:translate-y-1 data-starting-style:opacity-0 data-ending-style:opacity-0 max-sm:rounded-b-none sm:max-w-[540px]"
          >
            <div className="flex items-start gap-3 px-5 pt-4 pb-5">
              {lead}
              <div className="min-w-0 flex-1">
                <Kit.Title className="text-dialog text-balance">{title}</Kit.Title>
                <Kit.Description render={<div />} className="mt-1 text-ink-2">
                  {children}
                </Kit.Description>
                {typedName !== undefined && (
                  <TextField
                    ref={nameField}
                    label={words.typeToConfirm(typedName)}
                    autoComplete="off"
                    spellCheck={false}
                    fieldClassName="mt-4"
                    value={typed}
                    onChange={(event) => setTyped(event.target.value)}
                  />
                )}
              </div>
            </div>
            {details && <div className="px-5 pb-5">{details}</div>}
            <footer className="flex justify-end gap-2 border-t border-line px-5 py-3 max-sm:*:h-11 max-sm:*:flex-1">
              <Kit.Close ref={cancelButton} render={<Button>{cancel}</Button>} />
              <Button
                variant={danger ? 'danger-solid' : 'primary'}
                pending={pending}
                disabled={!isReady || !isNamed}
                onClick={() => onConfirm(typed)}
              >
                {confirm}
              </Button>
            </footer>
          </Kit.Popup>
        </Kit.Viewport>
      </Kit.Portal>
    </Kit.Root>
  )
}
