'use client'

import { Menu as Kit } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import Link from 'next/link'
import { type KeyboardEvent, type ReactElement, useState } from 'react'
import { classNames } from './class-names.ts'
import type { MenuEntry, MenuProps } from './menu.tsx'
import { POPUP, POPUP_ITEM } from './popup-class.ts'
import { type OpenedBy, useOpenedBy } from './use-intent.ts'

/** The menu itself, once somebody wants it. See Menu. */
export function MenuOpen({
  label,
  entries,
  trigger,
  align = 'end',
  side = 'bottom',
  head,
  className,
  openedBy,
}: MenuProps & { trigger: ReactElement; openedBy: OpenedBy }) {
  const { defaultOpen, triggerElement } = useOpenedBy(openedBy)
  const [open, setOpen] = useState(defaultOpen)
  return (
    <Kit.Root open={open} onOpenChange={setOpen}>
      <Kit.Trigger ref={triggerElement} render={trigger} />
      <Kit.Portal>
        <Kit.Positioner align={align} side={side} sideOffset={4} className="z-40 outline-none">
          <Kit.Popup
            aria-label={label}
            onKeyDownCapture={chooseByLetter}
            className={classNames(POPUP, 'min-w-44', className)}
          >
            {head}
            {entries.map((entry, index) =>
              entry === 'separator' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: separators have nothing else to be known by
                <Kit.Separator key={index} className="-mx-1 my-1 border-t border-line" />
              ) : (
                <MenuLine key={entry.label} entry={entry} onChosen={() => setOpen(false)} />
              ),
            )}
          </Kit.Popup>
        </Kit.Positioner>
      </Kit.Portal>
    </Kit.Root>
  )
}

type LineProps = {
  entry: Exclude<MenuEntry, 'separator'>
  /** The menu is gone before what was chosen opens a dialog: it would float above it. */
  onChosen: () => void
}

function MenuLine({ entry, onChosen }: LineProps) {
  const className = classNames(POPUP_ITEM, entry.danger ? 'text-bad' : 'text-ink')
  const inside = (
    <>
      {entry.icon && <span className={entry.danger ? undefined : 'text-ink-2'}>{entry.icon}</span>}
      <span className="min-w-0 flex-1">
        {entry.label}
        {entry.hint && <span className="block text-meta text-muted">{entry.hint}</span>}
      </span>
      {entry.current && <Check className="size-3.5 text-accent-ink" aria-hidden />}
      {entry.shortcut && (
        <kbd
          aria-hidden
          className="ml-3 min-w-[18px] rounded-small border border-line bg-hover px-1 text-center font-sans text-fine text-muted"
        >
          {entry.shortcut}
        </kbd>
      )}
    </>
  )
  if (entry.href)
    return (
      <Kit.LinkItem
        render={<Link href={entry.href} aria-current={entry.current ? 'true' : undefined} />}
        data-shortcut={entry.shortcut}
        closeOnClick
        className={className}
      >
        {inside}
      </Kit.LinkItem>
    )
  return (
    <Kit.Item
      disabled={entry.disabled}
      onClick={() => {
        onChosen()
        entry.onSelect?.()
      }}
      data-shortcut={entry.shortcut}
      {...(entry.form
        ? {
            nativeButton: true,
            render: <button type="submit" form={entry.form} className="w-full text-left" />,
          }
        : {})}
      className={className}
    >
      {inside}
    </Kit.Item>
  )
}

function chooseByLetter(event: KeyboardEvent<HTMLElement>) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return
  const line = event.currentTarget.querySelector<HTMLElement>(
    `[data-shortcut="${CSS.escape(event.key.toUpperCase())}"]`,
  )
  if (!line) return
  event.preventDefault()
  event.stopPropagation()
  line.click()
}
