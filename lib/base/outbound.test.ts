import { promises as dns } from 'node:dns'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { withKeyServer } from '#test/key-server'
import { readPublicJson } from './outbound.ts'

const reach = vi.hoisted(() => ({ isLoopbackPublic: true }))
vi.mock('./public-address.ts', async (original) => {
  const { isPublicAddress } = await original<typeof import('./public-address.ts')>()
  return {
    isPublicAddress: (address: string) =>
      (reach.isLoopbackPublic && address === '127.0.0.1') || isPublicAddress(address),
  }
})

const server = withKeyServer()
const read = (path: string) => readPublicJson(`${server.state.origin}${path}`, { bytesMax: 1000 })

afterEach(() => {
  reach.isLoopbackPublic = true
  vi.restoreAllMocks()
})

describe('a document of somebody else’s server', () => {
  it('is read by https, from the address that was checked', async () => {
    server.publish('/keys', { keys: [] })
    vi.spyOn(dns, 'lookup').mockResolvedValue([{ address: '127.0.0.1', family: 4 }] as never)
    expect(await read('/keys')).toEqual({ keys: [] })
    expect(dns.lookup).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['leads elsewhere', { status: 302, headers: { location: 'https://elsewhere.example/' } }, /elsewhere/],
    ['is missing', { status: 404 }, /404/],
    ['is a page', { headers: { 'content-type': 'text/html' }, body: '<html>' }, /not JSON/],
    ['is broken', { body: '{"keys": [' }, /broken JSON/],
    ['is longer than a set of keys', { body: JSON.stringify('x'.repeat(2000)) }, /more than/],
    ['is compressed', { headers: { 'content-encoding': 'gzip' }, body: '{}' }, /encoding/],
  ])('that %s is refused in words', async (_what, answer, words) => {
    server.publish('/answer', answer)
    await expect(read('/answer')).rejects.toThrow(words)
  })

  it('that does not come is not waited for', async () => {
    server.publish('/slow', { isSlow: true })
    const waiting = new AbortController()
    const begun = server.state.asked
    const reading = readPublicJson(`${server.state.origin}/slow`, {
      bytesMax: 1000,
      deadline: waiting.signal,
    })
    const refused = expect(reading).rejects.toThrow(/within 5 seconds/)
    await vi.waitFor(() => expect(server.state.asked).toBe(begun + 1))
    waiting.abort()
    await refused
  })

  it('is waited for no longer than five seconds where nothing else was said', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort())
    await expect(read('/slow')).rejects.toThrow(/within 5 seconds/)
    expect(timeout).toHaveBeenCalledWith(5000)
  })
})

describe('an address', () => {
  it.each([
    'http://keys.example.com/jwks.json',
    'ftp://keys.example.com/jwks.json',
    'https://user:word@keys.example.com/jwks.json',
    'file:///etc/passwd',
    'no address',
  ])('such as %s is not asked', async (address) => {
    const asked = vi.spyOn(dns, 'lookup')
    await expect(readPublicJson(address, { bytesMax: 1000 })).rejects.toThrow(/no https address/)
    expect(asked).not.toHaveBeenCalled()
  })

  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::ffff:10.0.0.1]/',
  ])('such as %s leads to no public network, however it is written', async (address) => {
    reach.isLoopbackPublic = false
    await expect(readPublicJson(address, { bytesMax: 1000 })).rejects.toThrow(/not public/)
  })

  it('whose name stands for a private address, or for one beside a public one, is not asked', async () => {
    reach.isLoopbackPublic = false
    const lookup = vi.spyOn(dns, 'lookup')
    for (const answers of [['10.0.0.7'], ['93.184.216.34', '169.254.169.254'], []]) {
      lookup.mockResolvedValueOnce(answers.map((address) => ({ address, family: 4 })) as never)
      await expect(readPublicJson('https://keys.example.com/', { bytesMax: 1000 })).rejects.toThrow(
        /not public/,
      )
    }
    expect(server.state.asked).toBeGreaterThan(0)
  })
})
