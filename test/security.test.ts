import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** `file`: title · `file`: title, in the last column of a table; a promise's tag at the title's end is left out. */
const lines = readFileSync('SECURITY.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!Threat |---)/.test(line) && !line.startsWith('|---'))
const threats = lines.map((line) => {
  const [threat = '', , tests = ''] = line.slice(2, -2).split(' | ')
  const named = [...tests.matchAll(/`([^`]+\.test\.ts)`: (.+?)(?= · `|$)/g)]
  return { threat, column: tests, tests: named.map(([, file = '', title = '']) => ({ file, title })) }
})

describe('SECURITY.md', () => {
  it('is a table of threats', () => {
    expect(threats.length).toBeGreaterThan(40)
  })

  it.each(threats)('names a test for each threat, and nothing else: $threat', ({ tests, column }) => {
    expect(tests.length).toBeGreaterThan(0)
    expect(tests.map(({ file, title }) => `\`${file}\`: ${title}`).join(' · ')).toBe(column)
  })

  it.each(threats.flatMap(({ tests }) => tests))(
    'names a test that is there: $file, $title',
    ({ file, title }) => {
      expect(existsSync(file)).toBe(true)
      const source = readFileSync(file, 'utf8')
      // A title is what stands before the function that is run: a string that is nothing of the kind is no test.
      const titles = [
        ...source.matchAll(/(['"`])((?:(?!\1)[^\n])+?)(?: \[(?:P|A[MS]-)\d[^\n]*?\])?\1,\s*(?:async\s*)?\(/g),
      ]
      expect(titles.map(([, , found]) => found)).toContain(title)
      expect(source).not.toMatch(/\b(it|test|describe)\.(skip|only|todo|fails|skipIf|runIf)\b/)
    },
  )
})

/** What goes out of the process, each with its reason. Development and tests are no part of the product. */
const ASKS: Record<string, string> = {
  'lib/base/mailer.ts': 'hands mail to the server that SMTP_URL names',
  'lib/base/outbound.ts': 'reads the keys that apps publish, at public addresses alone',
  'server/listen.ts': 'asks the port that is taken whether it is a Gatehouse of this machine',
}

describe('the product', () => {
  it('asks no other server for anything, and hands mail to the one it was told', () => {
    const sources = globSync('{app,components,db,lib,server}/**/*.{ts,tsx}').filter(
      (file) => !/\.test\.tsx?$/.test(file),
    )
    const asking = sources.filter((file) => {
      const source = readFileSync(file, 'utf8')
      // In a browser, scripts ask our own origin by path; the policy of the page allows no other.
      const isForBrowsers = /^'use client'/m.test(source) || /\bfetch\([`']\//.test(source)
      const imports =
        /from '(node:(https|http2|dns|dgram|tls)|nodemailer)'|import\('node:(https|http2|dns|dgram|tls)'\)|\bundici\b/
      return imports.test(source) || (!isForBrowsers && /(?<![.\w])fetch\(/.test(source))
    })
    expect(asking.sort()).toEqual(Object.keys(ASKS))
  })
})
