'use client'

import { RefreshCw } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { Button } from '#components/ui/button'
import { Checkbox } from '#components/ui/checkbox'

type Props = {
  /** Where the chosen apps' secrets are rotated. */
  rotatePath: string
  children: ReactNode
}

/** Around the list: a plain form of its rows' checkboxes, and once some are checked the acts for them. */
export function SelectionForm({ rotatePath, children }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const [count, setCount] = useState(0)
  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>('input[name="app"]') ?? [])]
  const look = () => {
    const checked = boxes().filter((box) => box.checked).length
    const all = form.current?.querySelector<HTMLInputElement>('input[data-all]')
    if (all) {
      all.checked = checked > 0 && checked === boxes().length
      all.indeterminate = checked > 0 && !all.checked
    }
    setCount(checked)
  }
  return (
    <form
      ref={form}
      action={rotatePath}
      onChange={(event) => {
        const changed = event.target as unknown as HTMLInputElement
        if (changed.matches('input[data-all]')) for (const box of boxes()) box.checked = changed.checked
        look()
      }}
      onReset={() => setTimeout(look)}
    >
      <input type="hidden" name="which" value="chosen" />
      {children}
      {count > 0 && (
        <section
          aria-label="Acts for the chosen apps"
          className="sticky bottom-[calc(var(--foot-height,0px)+0.75rem)] z-10 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-x-4 gap-y-2 rounded-box border border-line-2 bg-surface py-2 pr-2 pl-4 shadow-dialog"
        >
          <p role="status" className="font-medium">
            {counted(count, 'app')} chosen
          </p>
          <div className="flex gap-2">
            <Button type="reset" variant="quiet" size="small">
              Clear
            </Button>
            <Button type="submit" variant="primary" size="small" icon={<RefreshCw aria-hidden />}>
              Rotate {counted(count, 'secret')}…
            </Button>
          </div>
        </section>
      )}
    </form>
  )
}

/** The box at the head of the column: all rows of this page, or none. */
export function ChooseAll() {
  return <Checkbox data-all aria-label="Choose every app of this page" className="relative z-1" />
}
