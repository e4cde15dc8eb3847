'use client'

import { Check, Copy } from 'lucide-react'
import { Button, type ButtonProps } from './button.tsx'
import { iconButtonClass } from './button-class.ts'
import { useCopy } from './use-copy.ts'
import { words } from './words.ts'

type CopyButtonProps = {
  text: string
  /** What is copied: “Copy client ID”. */
  label: string
  /** Only the icon, beside an id. */
  iconOnly?: boolean
} & Pick<ButtonProps, 'variant' | 'size' | 'className'>

/** Copies, shows that it did, and says so to those who do not see it. */
export function CopyButton({ text, label, iconOnly, variant, size, className }: CopyButtonProps) {
  const { outcome, copy } = useCopy()
  const icon = outcome === 'copied' ? <Check className="text-ok" aria-hidden /> : <Copy aria-hidden />
  return (
    <>
      {iconOnly ? (
        <button
          type="button"
          aria-label={label}
          title={label}
          onClick={() => copy(text)}
          className={iconButtonClass(false, 'small', className ?? 'text-muted [&_.lucide]:size-3.5')}
        >
          {icon}
        </button>
      ) : (
        <Button
          icon={outcome === 'copied' ? <Check aria-hidden /> : icon}
          variant={variant}
          size={size}
          className={className}
          onClick={() => copy(text)}
        >
          {outcome === 'copied' ? words.copied : label}
        </Button>
      )}
      <span role="status" className={outcome === 'failed' ? 'text-meta text-bad' : 'sr-only'}>
        {outcome === 'copied' ? words.copied : outcome === 'failed' ? words.copyFailed : ''}
      </span>
    </>
  )
}
