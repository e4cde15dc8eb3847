import { readFileSync } from 'node:fs'
import { test as base, expect, type Page } from '@playwright/test'
import type { MadeUser } from '#test/factories'
import type { DemoAccess } from '../scripts/demo-access.ts'
import { signInAt } from './people.ts'
import { RelyingParty } from './relying-party.ts'
import { joinServerData, type ServerData } from './server-data.ts'

type Fixtures = {
  /** Who may sign in on the journeys' server, and the client that scripts may use. */
  access: DemoAccess
  /** Opens a browser of somebody's own: signed in as them, or as nobody. Whatever goes wrong on its pages fails the test. */
  openWindow: (person?: MadeUser | null, options?: WindowOptions) => Promise<Page>
  /** Starts an app of somebody else's, which runs until the test ends. */
  startApp: () => Promise<RelyingParty>
}

type WindowOptions = {
  javaScriptEnabled?: boolean
  viewport?: { width: number; height: number }
  colorScheme?: 'light' | 'dark'
  permissions?: string[]
}

export const test = base.extend<Fixtures, { serverData: ServerData }>({
  serverData: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern.
    async ({}, use, info) => {
      const joined = await joinServerData(info.project.use.baseURL ?? '')
      await use(joined)
      await joined.leave()
    },
    { scope: 'worker', auto: true },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: see above.
  access: async ({}, use) => {
    await use(JSON.parse(readFileSync(process.env.E2E_ACCESS_FILE ?? '', 'utf8')) as DemoAccess)
  },

  openWindow: async ({ browser }, use) => {
    const faults: string[] = []
    const opened: Page[] = []
    await use(async (person, options) => {
      const context = await browser.newContext(options)
      if (person) await signInAt(context, person)
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`))
      page.on('console', (message) => {
        if (isFault(message.text())) faults.push(`${page.url()}: ${message.text()}`)
      })
      opened.push(page)
      return page
    })
    await Promise.all(opened.map((page) => page.context().close()))
    expect(faults, 'no page threw, and none broke its own security policy').toEqual([])
  },

  // biome-ignore lint/correctness/noEmptyPattern: see above.
  startApp: async ({}, use) => {
    const started: RelyingParty[] = []
    await use(async () => {
      const app = await RelyingParty.start()
      started.push(app)
      return app
    })
    await Promise.all(started.map((app) => app.stop()))
  },
})

export { expect } from '@playwright/test'

/** What a browser says of a page that is wrong, whatever it looks like. */
function isFault(said: string): boolean {
  return /Content Security Policy|Hydration failed|Minified React error/.test(said)
}
