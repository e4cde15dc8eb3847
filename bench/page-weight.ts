import { barePage } from './bare-page.ts'
import { type DrawablePage, drawablePages } from './drawable-pages.ts'
import { say } from './say.ts'
import { weighScripts } from './scripts-of-page.ts'
import { startProduct } from './server-process.ts'
import { openWorkbench } from './workbench.ts'

const AIM_KILOBYTES = 110

/** The compressed JavaScript that each page of the product loads above what the smallest page of the same Next.js loads. */
export async function measure(): Promise<void> {
  const workbench = await openWorkbench()
  const server = await startProduct(workbench)
  const bare = await barePage()
  try {
    const least = await weighScripts(bare.origin, bare.page)
    say(
      `compressed JavaScript of each page above a bare Next page’s ${kilobytes(least)} KB (aim ≤ ${AIM_KILOBYTES} KB)`,
    )
    for (const page of await drawablePages(workbench.publicUrl)) {
      const answer = await draw(workbench.publicUrl, page)
      if (typeof answer === 'number') say(`  not drawn (${answer})  ${page.name}`)
      else report(page.name, (await weighScripts(workbench.publicUrl, answer)) - least, least)
    }
  } finally {
    await Promise.all([server.stop(), bare.end()])
    await workbench.clear()
  }
}

function report(name: string, above: number, least: number): void {
  const verdict = above / 1000 <= AIM_KILOBYTES ? 'held' : 'MISSED'
  const times = (1 + above / least).toFixed(2)
  say(`  +${kilobytes(above).padStart(3)} KB, ×${times} of the bare page’s, ${verdict}  ${name}`)
}

/** The page, or the status of what was answered instead. */
async function draw(origin: string, { path, cookies }: DrawablePage): Promise<string | number> {
  const response = await fetch(`${origin}${path}`, { redirect: 'manual', headers: { cookie: cookies } })
  const page = await response.text()
  return response.status === 200 ? page : response.status
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(0)
}
