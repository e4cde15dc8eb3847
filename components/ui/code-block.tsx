import { CopyButton } from './copy-button.tsx'

/**
 * Lines to take along: monospaced and wrapped where the screen ends, with Copy, which takes them as they are. `isNamed`
 * where several stand together: the label is seen, too.
 */
export function CodeBlock({ label, code, isNamed }: { label: string; code: string; isNamed?: boolean }) {
  return (
    <figure aria-label={label} className="relative rounded-box border border-line bg-surface p-3 pr-12">
      {isNamed && <figcaption className="mb-1.5 text-meta text-muted">{label}</figcaption>}
      <pre className="font-mono text-meta [overflow-wrap:anywhere] whitespace-pre-wrap">
        <code>{code}</code>
      </pre>
      <div className="absolute top-1.5 right-1.5">
        <CopyButton iconOnly text={code} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </figure>
  )
}
