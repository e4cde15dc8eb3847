/** A dialog gives the focus back when it has gone, and what it gives it back to has gone, too. */
const AFTER_MILLISECONDS = 300

/** A button that answers goes with its answer: whoever pressed it goes on at the title of what takes its place. */
export function giveFocusOn(): void {
  setTimeout(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('[data-request-title]')?.focus()
  }, AFTER_MILLISECONDS)
}
