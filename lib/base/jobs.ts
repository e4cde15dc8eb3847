/** What can be left to do later, each with what it is told: ids alone, because a queue is no place for a secret. */
export type Jobs = {
  'send-mail': { mailId: string }
  'rotate-many': { bulkRotationId: string }
}
