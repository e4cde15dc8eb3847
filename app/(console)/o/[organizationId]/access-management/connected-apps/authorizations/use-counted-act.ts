'use client'

import { type Act, useAct } from '#components/forms/use-act'

/** What was counted has changed meanwhile, or has gone. */
const OVERTAKEN = ['conflict', 'not-found']

/** An act on what a preview counted. Refused because that holds no more, it is counted anew: to be looked at, and decided again. */
export function useCountedAct<Input, Value>(
  act: Act<Input, Value>,
  { recount }: { recount: () => void },
  onDone: (value: Value, input: Input) => void,
) {
  const { run, ...state } = useAct(act, onDone)
  return {
    ...state,
    run: (input: Input) =>
      run(input, {
        onSuccess: (answer) => {
          if (!answer.ok && OVERTAKEN.includes(answer.refusal.code)) recount()
        },
      }),
  }
}
