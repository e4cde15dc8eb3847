import { begin } from '../server/begin.ts'
import { runSteps } from './run-steps.ts'
import { vitest } from './steps.ts'

/** `npm run soak`: the database tests with their races and histories run fifty times as long (`#test/rounds`). */
await begin(() => runSteps([vitest(['--project=db', '--testTimeout=1800000'], { SOAK_FACTOR: '50' })]))
