import { describe, expect, it } from 'vitest'
import { formActionSource } from './form-action.ts'

describe('where a form may lead', () => {
  it.each([
    ['https://app.example.com/callback?x=1', 'https://app.example.com'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['http://[::1]:9/x', 'http://[::1]:9'],
    ['com.example.app:/callback', 'com.example.app:'],
  ])('%s is %s', (address, source) => {
    expect(formActionSource(address)).toBe(source)
  })

  it.each([
    'https://evil.example;script-src',
    'https://evil.example,sandbox',
    "https://'unsafe-inline'.example",
    'https://*.example',
    'nothing',
  ])('%s adds nothing to the policy', (address) => {
    expect(formActionSource(address)).toBeUndefined()
  })
})
