import { describe, expect, it } from 'vitest'
import { listingOf } from './listing.ts'

const facts = {
  isInternal: false,
  mode: 'restricted' as const,
  internalAutoApproval: true,
  entryScopes: null as string[] | null,
  waiting: [] as string[][],
}

describe('the word of the Allowlist column', () => {
  it.each([
    ['no entry', {}, 'not-listed'],
    ['no entry, though people ask', { waiting: [['a']] }, 'not-listed'],
    ['no entry where none is asked for', { mode: 'unrestricted' as const }, 'no-entry'],
    ['no entry where nothing new passes', { mode: 'closed' as const }, 'no-entry'],
    ['an entry', { entryScopes: ['a'] }, 'listed'],
    ['an entry, and people ask for what it holds', { entryScopes: ['a'], waiting: [['a']] }, 'listed'],
    ['an entry, and people ask for more', { entryScopes: ['a'], waiting: [['a'], ['a', 'b']] }, 'asks-more'],
    ['an internal app that passes by itself', { isInternal: true }, 'internal'],
    ['an internal app that does not', { isInternal: true, internalAutoApproval: false }, 'not-listed'],
    [
      'an internal app where nothing is asked',
      { isInternal: true, internalAutoApproval: false, mode: 'unrestricted' as const },
      'internal',
    ],
    ['an internal app with an entry', { isInternal: true, entryScopes: ['a'] }, 'listed'],
  ])('%s: %o', (_, given, word) => {
    expect(listingOf({ ...facts, ...given })).toBe(word)
  })
})
