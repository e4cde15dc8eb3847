import { classNames } from './class-names.ts'
import { initialsOf } from './hue.ts'

/** A person as initials. Decoration beside their name; give `label` where the name is not written. */
export function Avatar({
  name,
  size = 'small',
  label,
}: {
  name: string
  size?: 'tiny' | 'small' | 'medium' | 'large'
  label?: string
}) {
  return (
    <span
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center rounded-full border border-line bg-subtle font-semibold text-ink-2',
        SIZE[size],
      )}
    >
      {initialsOf(name)}
    </span>
  )
}

const SIZE = {
  tiny: 'size-5 text-[0.5625rem]',
  small: 'size-6 text-[0.625rem]',
  medium: 'size-7 text-fine',
  large: 'size-11 text-people',
} as const
