import { expect, type Page } from '@playwright/test'

/** Opens the newest mail to somebody in the mailbox, as soon as it has come. */
export async function openMail(page: Page, to: string): Promise<void> {
  await expect(async () => {
    await page.goto('/demo/mailbox')
    await page.getByRole('navigation', { name: 'Mails' }).getByRole('link', { name: to }).first().click()
    await expect(page.getByRole('article').getByText(`To ${to}`)).toBeVisible()
  }).toPass()
}
