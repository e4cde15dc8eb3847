import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAddress, isWithin, networkIn, writtenNetwork } from './cidr.ts'

describe('a network', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.0/24'],
    ['  203.0.113.77/24 ', '203.0.113.0/24'],
    ['203.0.113.7', '203.0.113.7/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8:0::1/32', '2001:db8::/32'],
    ['::1', '::1/128'],
  ])('%s is %s', (text, network) => {
    expect(networkIn(text)).toBe(network)
    expect(networkIn(network)).toBe(network)
    expect(networkIn(writtenNetwork(network))).toBe(network)
  })

  it.each([
    '',
    'office',
    '203.0.113',
    '203.0.113.0/33',
    '203.0.113.0/-1',
    '203.0.113.0/24/24',
    '203.0.113.256',
    // What C libraries take for an address: octal, hexadecimal, one number.
    '0203.0.113.7',
    '0xcb.0.113.7',
    '3405803783',
    '::ffff:203.0.113.7',
    '::ffff:cb00:7107',
    // The form that was given up: Postgres writes it back in another one.
    '::203.0.113.7',
    '::cb00:7107',
    '203.0.113.0/08',
    '2001:db8::/129',
    'fe80::1%eth0',
    '10.0.0.0/8, 11.0.0.0/8',
  ])('%s is none', (text) => {
    expect(networkIn(text)).toBeUndefined()
  })
})

it('of one address is written as that', () => {
  expect(writtenNetwork('203.0.113.7/32')).toBe('203.0.113.7')
  expect(writtenNetwork('::1/128')).toBe('::1')
  expect(writtenNetwork('2001:db8::/32')).toBe('2001:db8::/32')
})

describe('an address', () => {
  it.each(['203.0.113.7', '::1', '2001:db8::7', '::ffff:203.0.113.7'])('%s is one', (text) => {
    expect(isAddress(text)).toBe(true)
  })
  it.each([
    '',
    'office',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.0/24',
    '0x7f.1',
    '127.1',
    'fe80::1%eth0',
    '::203.0.113.7',
    '64:ff9b::203.0.113.7',
  ])('%s is none', (text) => {
    expect(isAddress(text)).toBe(false)
  })
})

describe('an address within networks', () => {
  const office = ['203.0.113.0/24', '2001:db8::/32']

  it.each([
    ['203.0.113.0', true],
    ['203.0.113.255', true],
    ['203.0.114.0', false],
    ['::ffff:203.0.113.9', true],
    ['::FFFF:cb00:7109', true],
    ['::203.0.113.9', false],
    ['::ffff:0xcb.0.113.9', false],
    ['2001:db8:1::1', true],
    ['2001:db9::1', false],
    ['', false],
    ['office', false],
    [undefined, false],
  ])('%s: %s', (address, isInside) => {
    expect(isWithin(address, office)).toBe(isInside)
  })

  it('is what its first bits say, whatever the prefix', () => {
    const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255))
    const number = (four: number[]) => four.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n)
    fc.assert(
      fc.property(octets, octets, fc.nat(32), (base, other, length) => {
        const network = networkIn(`${base.join('.')}/${length}`) ?? ''
        const shift = BigInt(32 - length)
        const isInside = number(base) >> shift === number(other) >> shift
        expect(isWithin(other.join('.'), [network])).toBe(isInside)
      }),
    )
  })

  it('is in no network of the other kind, and everybody of one kind is in all of it', () => {
    expect(isWithin('::1', ['0.0.0.0/0'])).toBe(false)
    expect(isWithin('127.0.0.1', ['::/0'])).toBe(false)
    expect(isWithin('127.0.0.1', ['0.0.0.0/0'])).toBe(true)
    expect(isWithin('::1', ['::/0'])).toBe(true)
    expect(isWithin('127.0.0.1', [])).toBe(false)
  })
})
