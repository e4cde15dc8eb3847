import { newId } from '#lib/base/ids'
import { expect, test } from '../fixtures.ts'
import { startProduction } from '../production-server.ts'

test('on an empty production database the first visit leads through set-up, once, with the code from the log', async ({
  openWindow,
  serverData,
}) => {
  const database = await serverData.newDatabase(`gatehouse_set_up_${newId('user').slice(-10)}`)
  const server = await startProduction(database.url)
  try {
    const code = /^ {4}(\S+)$/m.exec(server.log())?.[1] ?? ''
    expect(code.length).toBeGreaterThanOrEqual(22)
    const page = await openWindow()
    await page.goto(server.url)
    await expect(page.getByRole('heading', { name: 'Set up Gatehouse' })).toBeVisible()
    const fields = {
      'One-time code': 'not-the-code',
      Organization: 'Northwind Trading',
      'Your name': 'Ada Berg',
      'Your e-mail address': 'ada@example.com',
      Username: 'ada',
      Password: 'four words make a gate',
    }
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value)
    await page.getByRole('button', { name: 'Set up' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was made' })).toBeVisible()
    await expect(page.getByLabel('Organization')).toHaveValue('Northwind Trading')
    await expect(page.getByLabel('Password')).toHaveValue('')

    await page.getByLabel('One-time code').fill(code)
    await page.getByLabel('Password').fill(fields.Password)
    await page.getByRole('button', { name: 'Set up' }).click()
    await expect(page.getByText('No apps yet')).toBeVisible()
    await expect(page.getByRole('button', { name: /Ada Berg/ })).toBeVisible()
    await expect(page.getByText('Mail does not go out: no mail server is set (SMTP_URL).')).toBeVisible()
    expect(server.log()).toContain('SMTP_URL is not set: mail waits in the database until it is')

    const other = await openWindow()
    expect((await other.goto(`${server.url}/demo/mailbox`))?.status()).toBe(404)
    await other.goto(`${server.url}/set-up`)
    await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await other.getByLabel('Username or e-mail address').fill('ada@example.com')
    await other.getByLabel('Password').fill(fields.Password)
    await other.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(other.getByText('No apps yet')).toBeVisible()
  } finally {
    await server.stop()
    await database.drop()
  }
})
