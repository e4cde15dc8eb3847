import { begin } from '../server/begin.ts'
import { runSteps } from './run-steps.ts'
import { build, lint, types, vitest } from './steps.ts'

/** `npm run check`: everything but the browser journeys. */
await begin(() => runSteps([build, types, lint, vitest()]))
