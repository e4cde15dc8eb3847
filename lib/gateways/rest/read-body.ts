import { readJson, UnreadableBody } from '../../base/read-json.ts'
import { Problem } from './problem.ts'

/** The JSON object of a request, or an empty one if nothing was sent. */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
  try {
    return await readJson(request)
  } catch (thrown) {
    throw thrown instanceof UnreadableBody ? new Problem(thrown.status, thrown.message) : thrown
  }
}
