'use client'

import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { IconLink } from './icon-button.tsx'
import { onDemand, useOnDemand } from './on-demand.ts'
import { useIsWide } from './use-is-wide.ts'
import { words } from './words.ts'

const drawerOver = onDemand(() => import('./drawer-over.tsx').then((file) => file.DrawerOver))

type DrawerProps = {
  /** What the drawer is about, read aloud with it. */
  label: string
  /** Title and second line. */
  title: ReactNode
  lead?: ReactNode
  /** Where closing leads: the list without the drawer. */
  closeHref: string
  /** The neighbours in the list; ↑ and ↓ go there too. */
  previousHref?: string
  nextHref?: string
  foot?: ReactNode
  children: ReactNode
}

/**
 * Details beside the list (500 px) where there is room, over it where not. What is open stands in the URL, so the
 * server draws it and Back closes it. Over the list it is a dialog: focus stays inside, Escape closes.
 */
export function Drawer(props: DrawerProps) {
  const isBeside = useIsWide('(min-width: 75rem)')
  const router = useRouter()
  const DrawerOver = useOnDemand(drawerOver)
  useListKeys(props)
  useEffect(() => {
    if (!isBeside) drawerOver.preload()
  }, [isBeside])
  const panel = useRef<HTMLElement>(null)
  useFocusInside(panel)
  if (isBeside || !DrawerOver)
    return (
      <aside
        ref={panel}
        tabIndex={-1}
        aria-label={props.label}
        data-drawer="beside"
        className={`${PANEL} outline-none max-[75rem]:shadow-float`}
      >
        <DrawerContent {...props} />
      </aside>
    )
  return (
    <DrawerOver
      label={props.label}
      className={`${PANEL} shadow-float outline-none`}
      onClose={() => router.push(props.closeHref, { scroll: false })}
    >
      <DrawerContent {...props} />
    </DrawerOver>
  )
}

const PANEL =
  'fixed inset-y-0 right-0 z-20 flex w-full max-w-[500px] flex-col border-l border-line bg-surface max-sm:border-l-0'

function DrawerContent({ title, lead, closeHref, previousHref, nextHref, foot, children }: DrawerProps) {
  return (
    <>
      <header className="flex min-h-16 items-center gap-3 border-b border-line px-5 py-3">
        {lead}
        <div className="min-w-0 flex-1">{title}</div>
        {previousHref && (
          <IconLink
            href={previousHref}
            scroll={false}
            replace
            label={words.previous}
            icon={<ChevronUp aria-hidden />}
          />
        )}
        {nextHref && (
          <IconLink
            href={nextHref}
            scroll={false}
            replace
            label={words.next}
            icon={<ChevronDown aria-hidden />}
          />
        )}
        <IconLink
          href={closeHref}
          scroll={false}
          label={words.close}
          icon={<X aria-hidden />}
          tooltip={false}
          className="-mr-2"
        />
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-5 py-4 *:shrink-0">
        {children}
      </div>
      {foot && (
        <footer
          data-acts-foot
          className="flex min-h-14 flex-wrap items-center gap-2 border-t border-line px-5 py-3"
        >
          {foot}
        </footer>
      )}
    </>
  )
}

/** Whoever opens the details is in them, and on closing is back at what opened them. */
function useFocusInside(panel: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const opener = document.activeElement
    // A page that comes with its drawer open begins at its head, as every page does.
    if (!(opener instanceof HTMLElement) || opener === document.body) return
    panel.current?.focus({ preventScroll: true })
    return () => {
      setTimeout(() => {
        if (document.activeElement === document.body) opener.focus({ preventScroll: true })
      })
    }
  }, [panel])
}

/** ↑ ↓ go through the list and Escape closes, unless the person is writing, in a menu, or in a dialog above. */
function useListKeys({ previousHref, nextHref, closeHref }: DrawerProps) {
  const router = useRouter()
  const latest = useRef({ previousHref, nextHref, closeHref })
  latest.current = { previousHref, nextHref, closeHref }
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      const target = event.target as HTMLElement
      if (
        target.closest(
          'input, textarea, select, [role="menu"], [role="listbox"], [role="combobox"], [role="alertdialog"], [aria-haspopup][aria-expanded="true"]',
        )
      )
        return
      const href = {
        ArrowUp: latest.current.previousHref,
        ArrowDown: latest.current.nextHref,
        Escape: latest.current.closeHref,
      }[event.key]
      if (!href || document.querySelector('[data-dialog-title]')) return
      event.preventDefault()
      if (event.key === 'Escape') router.push(href, { scroll: false })
      else router.replace(href, { scroll: false })
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [router])
}
