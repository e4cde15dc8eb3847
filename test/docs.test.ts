import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const isOurs = (path: string) => !/(^|\/)(node_modules|\.next|\.data)(\/|$)/.test(path)
const found = (pattern: string) => globSync(pattern, { exclude: (path) => !isOurs(path) }).filter(isOurs)
const pages = found('**/*.md').map((path) => ({ path, text: readFileSync(path, 'utf8') }))
const decisions = found('docs/adr/*.md').map((path) => ({ path, number: Number(path.slice(9, 13)) }))

describe('the documents', () => {
  it('lead nowhere that is not there', () => {
    const links = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:|<)([^)\s]+)\)/g)].map(([, target = '']) => ({
        path,
        target,
      })),
    )
    expect(links.length).toBeGreaterThan(20)
    expect(links.filter(({ path, target }) => !leadsSomewhere(path, target))).toEqual([])
  })

  it('number each decision once, and its title by the same number', () => {
    expect(decisions.map(({ number }) => number)).toEqual(decisions.map((_, at) => at + 1))
    const titled = decisions.map(({ path }) => Number(/^# (\d+)\. /.exec(readFileSync(path, 'utf8'))?.[1]))
    expect(titled).toEqual(decisions.map(({ number }) => number))
  })

  it('and the sources name only decisions that there are, each beside the page it means', () => {
    const sources = found('{app,bench,components,db,e2e,lib,scripts,server,test}/**/*.{ts,tsx,mjs}')
    const texts = [...pages, ...sources.map((path) => ({ path, text: readFileSync(path, 'utf8') }))]
    const named = texts.flatMap(({ path, text }) =>
      [...text.matchAll(/\bADR (\d+)(?:\]\([^)]*?adr\/(\d{4})-)?/g)].map(([, number, linked]) => ({
        path,
        number: Number(number),
        linked: Number(linked ?? number),
      })),
    )
    expect(named.length).toBeGreaterThan(5)
    const wrong = named.filter(
      ({ number, linked }) => number !== linked || !decisions.some((one) => one.number === number),
    )
    expect(wrong).toEqual([])
  })
})

/** A file, a folder, or a heading on a page. */
function leadsSomewhere(from: string, target: string): boolean {
  const [file = '', heading] = target.split('#')
  const path = file === '' ? from : normalize(join(dirname(from), file))
  if (!existsSync(path)) return false
  if (!heading) return true
  const titles = readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)
  return [...titles].some(([, title = '']) => slugOf(title) === heading)
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
