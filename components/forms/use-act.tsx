'use client'

import { type MutateOptions, useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useCallback, useRef } from 'react'

/** A "no", in words for the person, and per field. */
export type Refused = {
  code: string
  sentence: string
  fields: Readonly<Record<string, string>>
  /** Somebody else saved meanwhile: `fields` name what they changed. */
  isOvertaken?: boolean
}
/** A server action of ours: it never throws a "no", it answers with it. */
export type Act<Input, Value> = (input: Input) => Promise<Answer<Value>>
export type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: Refused }

const UNREACHED: Refused = {
  code: 'unreached',
  sentence:
    'No answer came. Check your connection and look at the page again before you try once more: it may have worked.',
  fields: {},
}

/** Whether what the page shows may be different after this answer: it was done, or somebody else was faster. */
export function asksAnew(answer: Answer<unknown>): boolean {
  return answer.ok || answer.refusal.code === 'conflict'
}

/**
 * Runs a server action once per press and keeps what it answered. What the page shows is asked for anew afterwards,
 * also after a conflict, so that the person sees what somebody else saved.
 */
export function useAct<Input, Value>(act: Act<Input, Value>, onDone?: (value: Value, input: Input) => void) {
  const router = useRouter()
  // A second press of a double click comes before `pending` is drawn.
  const isUnderway = useRef(false)
  const mutation = useMutation<Answer<Value>, Error, Input>({
    mutationFn: act,
    networkMode: 'always',
    onSuccess: (answer, input) => {
      if (answer.ok) onDone?.(answer.value, input)
      if (asksAnew(answer)) router.refresh()
    },
    onSettled: () => {
      isUnderway.current = false
    },
  })
  const { mutate } = mutation
  const run = useCallback(
    (input: Input, more?: MutateOptions<Answer<Value>, Error, Input>) => {
      if (isUnderway.current) return
      isUnderway.current = true
      mutate(input, more)
    },
    [mutate],
  )
  const refusal = mutation.error ? UNREACHED : mutation.data?.ok === false ? mutation.data.refusal : null
  return { run, pending: mutation.isPending, refusal, reset: mutation.reset }
}
