import { globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ALL_TOPICS } from '#lib/domain/audit/topics'
import { shownAt } from './shown-topics.ts'

const ROOT = 'app/(console)/o/[organizationId]'
/** Pages that show nothing anybody changes, each with its reason. */
const UNCHANGING: Record<string, string> = {
  '/access-management/api': 'it describes the API',
  '/access-management/api/[operation]': 'it describes the API',
  '/access-management/connected-apps/owned-apps/new': 'a form',
  '/access-management/audit-log': 'it stays still, and says itself that there is more',
  '/access-management/audit-log/export': 'a form',
  '/access-management/connected-apps': 'it leads on',
  '': 'it leads on',
}
const pages = globSync(`${ROOT.replaceAll(/[[\]()]/g, '[$&]')}/**/page.tsx`).map((file) =>
  file
    .slice(ROOT.length)
    .replace(/\/page\.tsx$/, '')
    .replaceAll(/\/\([^)]*\)/g, ''),
)

describe('a page of the console', () => {
  it('is found at all', () => {
    expect(pages.length).toBeGreaterThan(20)
  })

  it.each(pages)('%s shows topics, or a reason why none', (page) => {
    const { topics } = shownAt(`/o/org_1${page.replaceAll(/\[\w+\]/g, 'id_1')}`)
    if (page in UNCHANGING) expect(topics).toEqual([])
    else expect(topics).not.toEqual([])
  })

  it.each(ALL_TOPICS.filter((topic) => topic !== 'audit'))('shows %s somewhere', (topic) => {
    expect(pages.some((page) => shownAt(`/o/org_1${page}`).topics.includes(topic))).toBe(true)
  })

  it('stays still where it is read from top to bottom', () => {
    expect(shownAt('/o/org_1/access-management/audit-log').isStill).toBe(true)
    expect(shownAt('/o/org_1/access-management/people').isStill).toBe(false)
  })
})
