import { networkOf } from '../../base/network.ts'
import { visitor } from '../../base/visitor.ts'
import { type Count, countRequest } from './count-request.ts'

/** Counts a request of nobody against the address it comes from; null where there is none, as in a job. */
export async function countStranger(): Promise<Count | null> {
  const { ip } = visitor()
  return ip ? countRequest('stranger', networkOf(ip)) : null
}
