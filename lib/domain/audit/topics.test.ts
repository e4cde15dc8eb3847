import { describe, expect, it } from 'vitest'
import { EVENTS } from './events.ts'
import { ALL_TOPICS, mayChangeRights, topicsOf } from './topics.ts'

describe('what happened', () => {
  it.each(Object.keys(EVENTS))('%s stands in the audit log', (name) => {
    expect(topicsOf(new Set([name]))).toContain('audit')
  })

  it('elsewhere stands in the audit log there', () => {
    expect([...topicsOf(new Set(['installed-app']))]).toEqual(['authorizations', 'allowlist'])
    expect(topicsOf(new Set(['account']))).not.toContain('audit')
  })

  it('that nobody knows, or of which nobody knows where it shows, shows everywhere', () => {
    expect([...topicsOf(null)]).toEqual(ALL_TOPICS)
    expect([...topicsOf(new Set(['news.broken']))].sort()).toEqual([...ALL_TOPICS].sort())
  })

  it('may have changed rights, unless it is known that it takes none', () => {
    expect(mayChangeRights(null)).toBe(true)
    const names = [...Object.keys(EVENTS), 'installed-app', 'account', 'news.broken']
    const harmless = names.filter((name) => !mayChangeRights(new Set([name])))
    const nouns = ['invitation', 'group', 'operator', 'bulk-rotation', 'signing-key', 'audit']
    const unlike = harmless.filter((name) => !nouns.includes(name.split('.')[0] ?? ''))
    expect(unlike).toEqual([
      'session.started',
      'session.refused',
      'authorization.granted',
      'authorization.widened',
      'authorization.denied',
    ])
    expect(mayChangeRights(new Set(['session.started', 'session.ended']))).toBe(true)
  })
})
