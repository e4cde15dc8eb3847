/** How far something long is, in a bar and in counts beside it. `label` says of what. */
export function ProgressBar({ label, done, all }: { label: string; done: number; all: number }) {
  const share = all === 0 ? 0 : Math.min(1, done / all)
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={all}
      aria-valuenow={done}
      aria-valuetext={`${done} of ${all}`}
      className="h-1.5 overflow-hidden rounded-full bg-subtle"
    >
      <div
        className="h-full rounded-full bg-accent transition-[width] duration-300 motion-reduce:transition-none forced-colors:bg-[CanvasText]"
        style={{ width: `${share * 100}%` }}
      />
    </div>
  )
}
