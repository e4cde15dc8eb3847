import { defineConfig } from '@playwright/test'

const port = process.env.E2E_PORT ?? '4310'
const baseURL = `http://localhost:${port}`
const dataDir = `.data/journeys-${port}`

process.env.E2E_ACCESS_FILE ??= `${dataDir}/test.json`

export default defineConfig({
  testDir: './journeys',
  outputDir: '../test-results/journeys',
  // The journeys share one server; each makes what it changes.
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list'], ['json', { outputFile: '../test-results/playwright.json' }]],
  // A journey may be long; what it waits for may not.
  timeout: 300_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL,
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(process.env.E2E_BROWSER ? { executablePath: process.env.E2E_BROWSER } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `"${process.execPath}" scripts/journey-server.ts`,
    cwd: '..',
    url: `${baseURL}/api/health/ready`,
    env: { PORT: port, PUBLIC_URL: baseURL, DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    // While journeys are being written: one server, started by hand on that port, for many runs.
    reuseExistingServer: Boolean(process.env.E2E_REUSE_SERVER),
    timeout: 120_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
})
