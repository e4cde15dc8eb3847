'use client'

import { type Act, useAct } from '#components/forms/use-act'

/** An act on what a preview counted. Refused because that has changed meanwhile, it is counted anew: to be looked at, and decided again. */
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
          if (!answer.ok && answer.refusal.code === 'conflict') recount()
        },
      }),
  }
}
