/** The mark: a gate with its door ajar. Decoration beside the product's name. */
function ProductMark({ className = 'size-5' }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className={`${className} shrink-0`} fill="none">
      <rect width="20" height="20" rx="5" fill="var(--accent)" />
      <path d="M5.5 15.5V8.8a4.5 4.5 0 0 1 9 0v6.7" stroke="#fff" strokeWidth="1.75" strokeLinecap="square" />
      <path d="M10 15.5V8" stroke="#fff" strokeWidth="2" strokeLinecap="square" strokeOpacity="0.85" />
    </svg>
  )
}

/** The mark and the name. */
export function ProductName() {
  return (
    <span className="inline-flex items-center gap-2 text-section">
      <ProductMark />
      Gatehouse
    </span>
  )
}
