import { readFileSync } from 'node:fs'
import { test as base } from '@playwright/test'
import type { DemoAccess } from '../scripts/demo-access.ts'

type Fixtures = {
  /** Who may sign in on the journeys' server, and the client that scripts may use. */
  access: DemoAccess
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern.
  access: async ({}, use) => {
    await use(JSON.parse(readFileSync(process.env.E2E_ACCESS_FILE ?? '', 'utf8')) as DemoAccess)
  },
})

export { expect } from '@playwright/test'
