import { describe, expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import type { WayOn } from '#lib/domain/allowlist/get-way-on'
import { wordsFor } from './words-for.tsx'

const KEPT = 'Where you stopped is kept for a day, at the browser where you began.'
const BEGIN = 'Open Parcelwise as you did before, and begin there.'

const way = (given: Partial<WayOn> = {}): WayOn => ({
  state: 'approved',
  organization: { id: newId('organization'), name: 'Northwind' },
  app: {
    id: newId('app'),
    name: 'Parcelwise',
    publisher: 'Kestrel',
    website: null,
    initiateLoginUri: null,
  },
  reason: null,
  isPartial: false,
  isOver: false,
  interaction: 'where-they-stopped',
  ...given,
})

describe('the way on', () => {
  it('leads to where the person stopped while that is kept, and else says how they begin anew', () => {
    expect(wordsFor(way(), 'kept').sentences).toContain(KEPT)
    expect(wordsFor(way(), 'kept').sentences).not.toContain(BEGIN)
    expect(wordsFor(way(), null).sentences).not.toContain(KEPT)
    expect(wordsFor(way(), null).sentences).toContain(BEGIN)
    expect(wordsFor(way({ state: 'expired' }), null).sentences).toContain(BEGIN)
  })

  it('says of a request that everybody had left nothing of an answer that did not come', () => {
    const { sentences } = wordsFor(way({ state: 'withdrawn' }), null)
    expect(sentences.join(' ')).not.toContain('in time')
    expect(sentences).toContain(BEGIN)
  })

  it('says of an approval that is over that it is', () => {
    const { title, sentences } = wordsFor(way({ isOver: true }), null)
    expect(title).toBe('Parcelwise is no longer approved at Northwind')
    expect(sentences).toContain(BEGIN)
  })

  it('leaves the rest to a button where the app has an address', () => {
    const { app } = way()
    const { sentences } = wordsFor(way({ app: { ...app, website: 'https://parcelwise.example' } }), null)
    expect(sentences).toEqual(['You still decide yourself what you allow it.'])
  })
})
