'use client'

import { useState } from 'react'
import { toast } from '#components/ui/toast'
import type { Clash } from './saved-meanwhile.tsx'
import { standingErrors } from './standing-errors.tsx'
import { type Act, useAct } from './use-act.tsx'
import { useEdits } from './use-edits.tsx'

type Options<T, Input> = {
  saved: T
  version: number
  save: Act<Input, { version: number }>
  /** What is sent of the fields that were changed. */
  inputOf: (changed: readonly (keyof T)[], values: T) => Input
  /** A field and what is saved in it, as a person reads it. */
  inWords: (key: keyof T) => Pick<Clash, 'label' | 'saved'>
}

/**
 * The form of a page that shows what is saved: `useEdits`, sent with the version it was typed over. Where somebody else saved
 * meanwhile, what they saved stands beside what was typed here, to be taken instead.
 */
export function usePageForm<T extends object, Input>({
  saved,
  version,
  save,
  inputOf,
  inWords,
}: Options<T, Input>) {
  const form = useEdits(saved, version)
  const { values, changed } = form
  const act = useAct(save, (made) => {
    form.settle(made.version)
    toast('Saved.')
  })
  const [sent, setSent] = useState({ values, version })
  const refused = act.refusal?.fields ?? {}
  const isOvertaken = act.refusal?.isOvertaken === true && version > sent.version
  const take = (key: keyof T) => {
    form.drop(key)
    if (changed.length === 1) act.reset()
  }
  // Overtaken, the fields name who changed them: that is said above the form, not as a mistake of this field.
  const errors = act.refusal?.isOvertaken ? {} : standingErrors(refused, sent.values, values)
  return {
    values,
    changed,
    set: form.set,
    refusal: act.refusal,
    clashes: changed
      .filter((key) => isOvertaken && key in refused)
      .map((key) => ({ ...inWords(key), onTake: () => take(key) })),
    errorOf: (field: string) => errors[field],
    isRefused: Object.keys(errors).length > 0,
    isDirty: form.isDirty,
    pending: act.pending || form.isSettling,
    submit: (event: { preventDefault: () => void }) => {
      event.preventDefault()
      if (!form.isDirty || act.pending) return
      setSent({ values, version })
      act.run(inputOf(changed, values))
    },
    cancel: () => {
      form.cancel()
      act.reset()
    },
  }
}
