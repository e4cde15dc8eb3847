import type { TaskList } from 'graphile-worker'
import type { Jobs } from '../../base/jobs.ts'
import { purge } from './purge.ts'

/** Who does what was left to be done (`db/jobs.ts`), one line a job. */
const JOBS: { [Name in keyof Jobs]?: (told: Jobs[Name]) => Promise<void> } = {}

/** Who does what is due by the clock, each with when (minute, hour, day, month, weekday; UTC). */
export const DUE: Record<string, { when: string; run: () => Promise<void> }> = {
  purge: { when: '*/10 * * * *', run: purge },
}

export const TASKS: TaskList = {
  ...(JOBS as TaskList),
  ...Object.fromEntries(Object.entries(DUE).map(([name, { run }]) => [name, () => run()])),
}
