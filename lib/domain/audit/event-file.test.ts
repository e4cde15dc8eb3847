import { describe, expect, it } from 'vitest'
import { newId } from '../../base/ids.ts'
import type { ListedEvent } from '../../domain/audit/queries.ts'
import { eventFile } from './event-file.ts'

const event = (given: Partial<ListedEvent> = {}): ListedEvent => ({
  eventId: newId('event'),
  occurredAt: new Date('2026-03-14T09:26:53.589Z'),
  name: 'connected-app.updated',
  sentence: 'Priya changed Order Desk',
  actor: { kind: 'user', name: 'Priya', userId: newId('user'), appId: null },
  through: null,
  organization: null,
  appId: null,
  subject: { id: null, name: 'Order Desk' },
  details: { changed: { name: { before: 'a', after: 'b' } } },
  names: {},
  ip: '203.0.113.7',
  requestId: null,
  ...given,
})

async function* batchesOf(...batches: ListedEvent[][]) {
  yield* batches
}

async function file(format: 'csv' | 'jsonl', ...batches: ListedEvent[][]): Promise<string> {
  let text = ''
  for await (const piece of eventFile(format, batchesOf(...batches))) text += piece
  return text
}

describe('the audit log as CSV', () => {
  it('has a head, a line an event with its moment in UTC, and says at its end how many there were', async () => {
    const lines = (await file('csv', [event()], [event(), event()])).split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFFtime,act,what,/)
    expect(lines[1]).toMatch(
      /^2026-03-14T09:26:53\.589Z,connected-app\.updated,Priya changed Order Desk,user,Priya,/,
    )
    expect(lines[1]).toContain('"{""name"":{""before"":""a"",""after"":""b""}}"')
    expect(lines.slice(4)).toEqual([expect.stringMatching(/^end of export,3,+$/), ''])
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'keeps %j from being run as a formula',
    async (name) => {
      const text = await file('csv', [event({ subject: { id: null, name } })])
      expect(text).not.toContain(`,${name},`)
      expect(text).toContain(`'${name}`)
    },
  )
})

describe('the audit log as JSON Lines', () => {
  it('is one object a line, and its last says that it is the last', async () => {
    const lines = (await file('jsonl', [event()], [event()]))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines[0]).toMatchObject({ occurredAt: '2026-03-14T09:26:53.589Z', actor: { name: 'Priya' } })
    expect(lines.at(-1)).toEqual({ 'end of export': true, events: 2 })
  })

  it('tells each event the names of its own ids alone', async () => {
    const [mine, other] = [newId('organization'), newId('organization')]
    const text = await file('jsonl', [
      event({ details: { organizationId: mine }, names: { [mine]: 'Sales', [other]: 'Support' } }),
    ])
    expect(JSON.parse(text.split('\n')[0] ?? '').names).toEqual({ [mine]: 'Sales' })
  })
})

it('lacks its end when it is broken off', async () => {
  async function* broken() {
    yield [event()]
    throw new Error('The right was withdrawn.')
  }
  const pieces: string[] = []
  const taking = async () => {
    for await (const piece of eventFile('csv', broken())) pieces.push(piece)
  }
  await expect(taking()).rejects.toThrow('withdrawn')
  expect(pieces.join('')).not.toContain('end of export')
})

it('reads nothing before it is asked for, and no more once nobody takes it', async () => {
  const taken: string[] = []
  async function* endless() {
    try {
      for (;;) {
        taken.push('read')
        yield [event()]
      }
    } finally {
      taken.push('ended')
    }
  }
  const pieces = eventFile('jsonl', endless())
  await pieces.next()
  expect(taken).toEqual([])
  await pieces.next()
  expect(taken).toEqual(['read'])
  await pieces.return()
  expect(taken).toEqual(['read', 'ended'])
})
