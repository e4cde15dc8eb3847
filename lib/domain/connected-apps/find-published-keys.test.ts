import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { withKeyServer } from '#test/key-server'
import { findPublishedKeys } from './find-published-keys.ts'

vi.mock('../../base/public-address.ts', () => ({ isPublicAddress: () => true }))

const server = withKeyServer()
const now = performance.now.bind(performance)
let passed = 0
beforeEach(() => {
  passed = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now() + passed)
})
afterEach(() => vi.restoreAllMocks())
const minutesPass = (minutes: number) => {
  passed += minutes * 60_000
}

const pairOf = (kid: string) => ({ pair: generateKeyPairSync('ed25519'), kid })
const publicOf = ({ pair, kid }: ReturnType<typeof pairOf>) => ({
  ...pair.publicKey.export({ format: 'jwk' }),
  kid,
})
const kidsOf = async (uri: string) => {
  const { keys, problem } = await findPublishedKeys(uri, { isAnew: true })
  return { kids: keys.map(({ kid }) => kid).sort(), problem }
}
const [first, second] = [pairOf('first'), pairOf('second')]
const BOTH = { keys: [publicOf(first), publicOf(second)] }

describe('the keys an app publishes', () => {
  it.each([
    ['answers with an error', { status: 503 }, /503/],
    ['answers with half a document', { body: '{"keys": [' }, /broken JSON/],
    ['answers with no set of keys', { body: '{"kty": "OKP"}' }, /no set of keys/],
    ['cannot be found', { status: 404 }, /404/],
    ['garbles each of them', { keys: BOTH.keys.map(({ kid }) => ({ kty: 'OKP', kid })) }, /None of the keys/],
    [
      'lists them among too many',
      { keys: Array.from({ length: 21 }, (_, at) => BOTH.keys[at % 2] ?? {}) },
      /more than 20/,
    ],
  ])('stay good for an hour when their server %s', async (what, answer, words) => {
    const path = `/${what.replaceAll(' ', '-')}`
    const uri = server.publish(path, BOTH)
    expect(await kidsOf(uri)).toEqual({ kids: ['first', 'second'], problem: null })
    server.publish(path, answer)
    for (const minutes of [1, 50]) {
      minutesPass(minutes)
      const kept = await findPublishedKeys(uri, { isAnew: true })
      expect(kept).toMatchObject({ problem: expect.stringMatching(words), readAt: expect.any(Date) })
      expect(kept.keys).toHaveLength(2)
    }
    minutesPass(10)
    expect(await findPublishedKeys(uri, { isAnew: true })).toMatchObject({ keys: [], readAt: null })
    server.publish(path, BOTH)
    minutesPass(1)
    expect(await kidsOf(uri)).toEqual({ kids: ['first', 'second'], problem: null })
  })

  it.each([
    ['names none', [], [], /is empty/],
    ['names others alone', [publicOf(pairOf('third'))], ['third'], null],
    ['names others alone, and none that can be read', [{ kty: 'OKP', kid: 'third' }], [], /None of the keys/],
    ['garbles one alone', [{ kty: 'OKP', kid: 'first' }], ['first'], /None of the keys/],
    ['names too many others', Array.from({ length: 21 }, (_, at) => ({ kid: `${at}` })), [], /more than 20/],
    [
      'says they are to encrypt with',
      BOTH.keys.map((key) => ({ ...key, use: 'enc' })),
      [],
      /None of the keys/,
    ],
    [
      'says they check no signatures',
      BOTH.keys.map((key) => ({ ...key, key_ops: ['encrypt'] })),
      [],
      /None of the keys/,
    ],
    ['says so of one alone', [publicOf(first), { ...publicOf(second), use: 'enc' }], ['first'], null],
  ])('end within five minutes with a set that %s', async (what, keys, kids, words) => {
    const path = `/${what.replaceAll(/[ ,]+/g, '-')}`
    const uri = server.publish(path, BOTH)
    await kidsOf(uri)
    server.publish(path, { keys })
    minutesPass(5)
    const { keys: left, problem } = await findPublishedKeys(uri)
    expect(left.map(({ kid }) => kid)).toEqual(kids)
    if (words) expect(problem).toMatch(words)
    else expect(problem).toBeNull()
    // What is ended stays so, whatever becomes of the address.
    server.publish(path, { status: 503 })
    minutesPass(5)
    expect((await kidsOf(uri)).kids).toEqual(kids)
  })

  it('lose none that still stands there and cannot be read any more, and any that was taken down', async () => {
    const uri = server.publish('/half', BOTH)
    await kidsOf(uri)
    const garbled = { ...publicOf(second), x: 'no' }
    server.publish('/half', { keys: [publicOf(first), garbled] })
    minutesPass(1)
    expect(await kidsOf(uri)).toEqual({
      kids: ['first', 'second'],
      problem: expect.stringContaining('Not every key'),
    })
    // The hour is that of the key, however well the other is read.
    minutesPass(60)
    expect(await kidsOf(uri)).toEqual({ kids: ['first'], problem: null })
    server.publish('/half', BOTH)
    minutesPass(1)
    await kidsOf(uri)
    server.publish('/half', { keys: [publicOf(first)] })
    minutesPass(1)
    expect(await kidsOf(uri)).toEqual({ kids: ['first'], problem: null })
  })

  it('are good no more as soon as a private one lies beside them', async () => {
    const uri = server.publish('/private', BOTH)
    await kidsOf(uri)
    server.publish('/private', {
      keys: [publicOf(first), { ...second.pair.privateKey.export({ format: 'jwk' }), kid: 'second' }],
    })
    minutesPass(1)
    expect(await kidsOf(uri)).toEqual({ kids: [], problem: expect.stringContaining('private key') })
    server.publish('/private', { status: 503 })
    minutesPass(1)
    expect((await kidsOf(uri)).kids).toEqual([])
  })

  it('are asked for once by all who come at the same moment', async () => {
    const uri = server.publish('/once', BOTH)
    const before = server.state.asked
    await Promise.all([1, 2, 3].map(() => findPublishedKeys(uri)))
    expect(server.state.asked).toBe(before + 1)
  })
})
