import { describe, expect, it } from 'vitest'
import { type Waiting, waitingAfter, waitingWith } from './what-waits.ts'

const [EARLY, LATE] = ['2026-03-14T09:26:53.100Z', '2026-03-14T09:26:53.200Z']
const told: Waiting = { how: 'told', at: EARLY }
const quiet: Waiting = { how: 'quiet', at: EARLY }

describe('what waits', () => {
  it('is said once anything of it is worth a word, and is as late as the last of it', () => {
    expect(waitingWith(null, quiet)).toEqual(quiet)
    expect(waitingWith(quiet, { how: 'told', at: LATE })).toEqual({ how: 'told', at: LATE })
    expect(waitingWith(told, { how: 'quiet', at: LATE })).toEqual({ how: 'told', at: LATE })
    expect(waitingWith({ how: 'quiet', at: LATE }, told)).toEqual({ how: 'told', at: LATE })
  })

  it('needs no word any more once the page was read after it, and is never lost', () => {
    expect(waitingAfter(told, LATE)).toEqual(quiet)
    expect(waitingAfter(told, EARLY)).toEqual(quiet)
  })

  it('needs one where it happened after the page was read', () => {
    expect(waitingAfter({ how: 'told', at: LATE }, EARLY)).toEqual({ how: 'told', at: LATE })
    expect(waitingAfter(null, LATE)).toBeNull()
  })
})
