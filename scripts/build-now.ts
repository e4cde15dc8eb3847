import { begin } from '../server/begin.ts'
import { buildIfChanged } from './build.ts'

await begin(buildIfChanged)
