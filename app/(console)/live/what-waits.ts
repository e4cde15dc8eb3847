/** What waits to be shown, and when the last of it happened, as the server writes moments. */
export type Waiting = {
  /** `told`: something they look at; `quiet`: something that needs no word. */
  how: 'told' | 'quiet'
  at: string
}

/** What waits once there is more. */
export function waitingWith(waiting: Waiting | null, more: Waiting): Waiting {
  const at = waiting && waiting.at > more.at ? waiting.at : more.at
  return { how: waiting?.how === 'told' ? 'told' : more.how, at }
}

/**
 * What waits of it once the page was read at a moment, for instance after an act of one's own: what happened before shows by
 * then, and needs no word. It is asked for again all the same when nobody is disturbed by it, because the clock of the process
 * that read may be ahead of the clock of the one that told.
 */
export function waitingAfter(waiting: Waiting | null, readAt: string): Waiting | null {
  return waiting && waiting.at <= readAt ? { ...waiting, how: 'quiet' } : waiting
}
