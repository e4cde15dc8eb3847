'use client'

import { Checkbox, type CheckboxProps } from './checkbox.tsx'

/** The checkbox above a column of checkboxes: all, none, or some (`mixed`). */
export function MixedCheckbox({ mixed, ...rest }: CheckboxProps & { mixed: boolean }) {
  return (
    <Checkbox
      {...rest}
      ref={(element) => {
        if (element) element.indeterminate = mixed
      }}
    />
  )
}
