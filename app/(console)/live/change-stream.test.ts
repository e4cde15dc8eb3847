import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { followStream, type StreamState } from './change-stream.ts'

const ADDRESS = '/api/v1/organizations/org_1/changes'
const READ_AT = '2026-03-14T09:26:53.000Z'

class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2
  static opened: FakeEventSource[] = []
  readyState = 0
  readonly address: string
  constructor(address: string) {
    super()
    this.address = address
    FakeEventSource.opened.push(this)
  }
  close() {
    this.readyState = FakeEventSource.CLOSED
  }
  /** As a browser says that the server refused it. */
  refuse() {
    this.close()
    this.dispatchEvent(new Event('error'))
  }
  isOpen() {
    return this.readyState !== FakeEventSource.CLOSED
  }
}

let answers: ((answer: Response) => void)[] = []
const states: StreamState[] = []

beforeEach(() => {
  vi.useFakeTimers()
  FakeEventSource.opened = []
  answers = []
  states.length = 0
  vi.stubGlobal('EventSource', FakeEventSource)
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('fetch', () => new Promise<Response>((answer) => answers.push(answer)))
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function follow() {
  return followStream(ADDRESS, READ_AT, { changed: () => undefined, state: (now) => states.push(now) })
}

/** The server says why, to whoever asks. */
async function answerWhy(status: number) {
  for (const answer of answers.splice(0)) answer(new Response(null, { status }))
  await vi.advanceTimersByTimeAsync(0)
}

it('opens again what was refused, and says that it was', async () => {
  const stop = follow()
  FakeEventSource.opened[0]?.refuse()
  await answerWhy(503)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(FakeEventSource.opened).toHaveLength(2)
  expect(states).toEqual(['opening', 'away'])
  stop()
  expect(FakeEventSource.opened.filter((one) => one.isOpen())).toEqual([])
})

it('asks seldom where it was told that somebody listens often enough', async () => {
  const stop = follow()
  FakeEventSource.opened[0]?.refuse()
  await answerWhy(422)
  expect(states).toEqual(['opening', 'refused'])
  await vi.advanceTimersByTimeAsync(40_000)
  expect(FakeEventSource.opened).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(40_000)
  expect(FakeEventSource.opened).toHaveLength(2)
  FakeEventSource.opened[1]?.dispatchEvent(new Event('open'))
  expect(states.at(-1)).toBe('live')
  stop()
})

it('opens nothing once nobody listens, also when it was asking why it was refused', async () => {
  const stop = follow()
  FakeEventSource.opened[0]?.refuse()
  stop()
  await answerWhy(503)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(FakeEventSource.opened).toHaveLength(1)
  expect(states).toEqual(['opening'])
})
