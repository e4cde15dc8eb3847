import { shellWords } from './words.ts'

/** First in the order of focus: past the navigation. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only rounded-control bg-ink px-3 py-2 font-medium text-canvas no-underline focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-3 focus:py-2"
    >
      {shellWords.skip}
    </a>
  )
}
