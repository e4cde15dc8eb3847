import { begin } from '../server/begin.ts'
import { buildIfChanged } from './build.ts'

/** `npm start`: production. The pages are built if their sources changed; then `server.ts` takes over. */
await begin(buildIfChanged)
await import('../server.ts')
