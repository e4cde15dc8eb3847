import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import * as jose from 'jose'
import { describe, expect, it } from 'vitest'
import { makeCertificate } from '#test/certificate'
import { judgeJwksUri, KEYS_TEXT_MAX, readKeys, readPublishedKeys } from './read-keys.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' }) as Record<string, string>
const text = (...keys: object[]) => JSON.stringify(keys.length === 1 ? keys[0] : { keys })

describe('a public key', () => {
  it.each([
    ['RSA, 2048 bits', rsa.publicKey],
    ['P-256', ec.publicKey],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey],
    ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey],
    ['Ed25519', generateKeyPairSync('ed25519').publicKey],
  ])(
    'of kind %s is read as JWK, JWKS and PEM, by its thumbprint (RFC 7638) where it has no ID',
    async (kind, key) => {
      const jwk = jwkOf(key)
      const kid = await jose.calculateJwkThumbprint(jwk)
      const pem = key.export({ type: 'spki', format: 'pem' }) as string
      for (const given of [text(jwk), JSON.stringify({ keys: [jwk] }), pem])
        expect(readKeys(given)).toEqual({ keys: [{ kid, kind, jwk: { ...jwk, kid, use: 'sig' } }] })
    },
  )

  it('is read from a certificate and from PKCS #1, and keeps its ID and algorithm', () => {
    expect(readKeys(makeCertificate().cert)).toMatchObject({ keys: [{ kind: 'P-256' }] })
    const old = rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }) as string
    expect(readKeys(old)).toMatchObject({ keys: [{ kind: 'RSA, 2048 bits' }] })
    const named = { ...jwkOf(rsa.publicKey), kid: '2026-03', alg: 'PS256', use: 'sig', key_ops: ['verify'] }
    expect(readKeys(text(named))).toMatchObject({ keys: [{ kid: '2026-03', jwk: { alg: 'PS256' } }] })
  })
})

describe('is refused in words', () => {
  const publicJwk = jwkOf(ec.publicKey)
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
  const odd = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }).publicKey
  const bitcoin = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey

  it.each([
    ['a private JWK', text(jwkOf(ec.privateKey)), /private key/],
    ['a private RSA key', text(jwkOf(rsa.privateKey)), /private key/],
    ['a set with one private half', text(publicJwk, jwkOf(rsa.privateKey)), /private key/],
    ['a private PEM', rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, /private key/],
    [
      'an encrypted private PEM',
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA\n-----END ENCRYPTED PRIVATE KEY-----',
      /private key/,
    ],
    ['a shared secret', text({ kty: 'oct', k: 'c2VjcmV0' }), /shared secret/],
    ['an RSA key of 1024 bits', text(jwkOf(small)), /1024 bits/],
    ['an RSA key with a small exponent', text(jwkOf(odd)), /exponent/],
    ['another curve', bitcoin.export({ type: 'spki', format: 'pem' }) as string, /P-256/],
    ['another curve as JWK', text(jwkOf(bitcoin)), /P-256/],
    ['a key for agreement', text(jwkOf(generateKeyPairSync('x25519').publicKey)), /P-256/],
    ['a point that is not on the curve', text({ ...publicJwk, y: publicJwk.x }), /no key/],
    ['an unknown kind', text({ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AA' }), /no key/],
    ['a key for encryption', text({ ...publicJwk, use: 'enc' }), /signatures/],
    ['a key for signing alone', text({ ...publicJwk, key_ops: ['sign'] }), /key_ops/],
    ['an algorithm of another key', text({ ...publicJwk, alg: 'RS256' }), /alg/],
    ['no algorithm at all', text({ ...publicJwk, alg: 'none' }), /alg/],
    ['an ID that is none', text({ ...publicJwk, kid: 'a\nb' }), /kid/],
    ['two of one ID', text({ ...publicJwk, kid: 'a' }, { ...jwkOf(rsa.publicKey), kid: 'a' }), /same ID/],
    ['broken JSON', '{"kty":', /JSON/],
    ['keys that are no list', '{"keys": 7}', /list/],
    ['an empty set', '{"keys": []}', /no key/],
    ['keys that are no objects', '{"keys": [7, null]}', /object/],
    ['a broken PEM', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', /cannot be read/],
    ['plain words', 'my key', /neither/],
    ['too many', JSON.stringify({ keys: Array.from({ length: 21 }, () => publicJwk) }), /at most/],
    ['an enormous text', 'x'.repeat(KEYS_TEXT_MAX + 1), /more than/],
    ['an enormous number', text({ kty: 'RSA', e: 'AQAB', n: 'f'.repeat(20_000) }), /bits|no key/],
  ])('%s', (_what, given, words) => {
    expect(readKeys(given)).toEqual({ error: expect.stringMatching(words) })
  })

  it('whatever is given: it never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (given) => void readKeys(given)))
    fc.assert(fc.property(fc.jsonValue(), (given) => void readPublishedKeys(given)))
  })
})

it('of what is published, what is for others is left out, and a private key taints all of it', () => {
  const [good, other] = [jwkOf(ec.publicKey), { ...jwkOf(rsa.publicKey), use: 'enc' }]
  expect(readPublishedKeys({ keys: [other, good, { kty: 'new' }] })).toMatchObject({
    keys: [{ kind: 'P-256' }],
  })
  expect(readPublishedKeys({ keys: [good, jwkOf(rsa.privateKey)] })).toMatchObject({
    error: expect.stringMatching(/private key/),
  })
  expect(readPublishedKeys({ keys: [other] })).toMatchObject({
    keys: [],
    problem: expect.stringMatching(/None/),
  })
  expect(readPublishedKeys({ keys: [] })).toMatchObject({
    keys: [],
    unread: [],
    problem: expect.stringMatching(/empty/),
  })
  expect(readPublishedKeys([good])).toMatchObject({ error: expect.stringMatching(/JWKS/) })
})

it.each([
  ['https://keys.example.com/jwks.json', null],
  ['https://keys.example.com:8443/jwks.json?of=app', null],
  ['http://keys.example.com/jwks.json', /https/],
  ['https://user:word@keys.example.com/', /user name/],
  ['https://keys.example.com/#keys', /fragment/],
  ['keys.example.com', /absolute/],
  ['data:application/json,{}', /https/],
])('%s as an address of keys', (uri, words) => {
  const verdict = judgeJwksUri(uri)
  if (words) expect(verdict).toMatch(words)
  else expect(verdict).toBeNull()
})
