/** What floats above the page: the one place with a shadow besides dialogs. It leaves at once: a dialog may follow. */
export const POPUP =
  'max-w-(--available-width) rounded-box border border-line bg-surface p-1 shadow-float outline-none origin-(--transform-origin) transition-[opacity,scale] duration-100 data-starting-style:scale-[.98] data-starting-style:opacity-0 data-ending-style:transition-none'

/** One line in it. */
export const POPUP_ITEM =
  'flex min-h-8 cursor-pointer items-center gap-2.5 rounded-control px-2 py-1 text-body no-underline outline-none select-none data-highlighted:bg-subtle data-disabled:cursor-not-allowed data-disabled:text-muted data-disabled:opacity-60'
