/** A toast calls itself a dialog, too, but holds nobody's hands. */
const ACTING =
  ':is([role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]):not([data-toasts] *)'
const UNSAVED = '[data-unsaved]'
const POINTED_AT = 'main :is(table, ul, ol):not(nav *):hover'
/** A finger leaves nothing behind that says where it will press next. */
const SETTLED_MILLISECONDS = 2_000

/** Notices typing and touching. Returns why the page must not be drawn anew at this moment, and how to stop. */
export function watchHands(): { whyHeld: () => 'acting' | 'unsaved' | 'pointing' | null; stop: () => void } {
  let usedAt = Number.NEGATIVE_INFINITY
  const used = (event: Event) => {
    if (event instanceof PointerEvent && event.pointerType === 'mouse') return
    usedAt = performance.now()
  }
  const names = ['keydown', 'pointerdown', 'pointermove'] as const
  for (const name of names) window.addEventListener(name, used, { passive: true })
  return {
    whyHeld() {
      if (document.querySelector(ACTING) || performance.now() - usedAt < SETTLED_MILLISECONDS) return 'acting'
      if (document.querySelector(UNSAVED)) return 'unsaved'
      return matchMedia('(hover: hover)').matches && document.querySelector(POINTED_AT) ? 'pointing' : null
    },
    stop() {
      for (const name of names) window.removeEventListener(name, used)
    },
  }
}
