import { describe, expect, it } from 'vitest'
import { isVisible, isVisibleText } from './visible-text.ts'

describe('a name', () => {
  it.each(['Order Desk', 'Zoë’s Büro – Öl & Co.', 'می‌خواهم', '日本語', '👩‍💻 Tools', 'שלום'])(
    'reads as it is: %s',
    (name) => {
      expect(isVisible(name)).toBe(true)
    },
  )

  it.each([
    'Pay\u202Ellor',
    'Pay\u2066roll\u2069',
    'Pay\u200Broll',
    'Pay\u00ADroll',
    'Pay\nroll',
    'Pay\u0007',
    'x\u{E0041}',
    '\uFEFFx',
  ])('is refused where it does not: %j', (name) => {
    expect(isVisible(name)).toBe(false)
  })
})

it('a text of several lines may have lines, and nothing else unseen', () => {
  expect(isVisibleText('One.\r\n\tTwo.')).toBe(true)
  expect(isVisibleText('One \u202Etwo')).toBe(false)
})
