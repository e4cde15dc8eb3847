import type { Id } from '../../base/ids.ts'

/** What is sealed of one person's request opens for that person and request alone. */
export function requesterOf(requestId: Id<'approvalRequest'>, userId: Id<'user'>): string {
  return `interaction ${requestId} ${userId}`
}
