import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Prints each promise and each decision with the tests that show it, and how many have none. */
const page = readFileSync('docs/promises.md', 'utf8')
const promises = [
  ...page.matchAll(/^- \*\*(P\d+)\*\* (.+)$/gm),
  // A decision: what was open, and what it came to.
  ...page.matchAll(/^\| (A[MS]-\d+) \| .+? \| (.+) \|$/gm),
]
const tests = execFileSync('git', ['ls-files', '*.test.ts', '*.test.tsx', '*.spec.ts'], { encoding: 'utf8' })
  .trim()
  .split('\n')

const NUMBER = /\b(?:P\d+|A[MS]-\d+)\b/g
/** A title, wherever it stands: of a test, a group of tests, a step of a journey, or a row that a test is run with. */
const TITLE = /(['"`])([^\n]*?\[(?:P\d+|A[MS]-\d+)[^\n]*?)\1(?=[,)])/g

const shownBy = new Map<string, string[]>()
for (const file of tests) {
  for (const [, , title = ''] of readFileSync(file, 'utf8').matchAll(TITLE)) {
    const tags = [...title.matchAll(/\[([^\]]+)\]/g)].flatMap(([, tag = '']) => tag.match(NUMBER) ?? [])
    for (const number of new Set(tags)) {
      shownBy.set(number, [...(shownBy.get(number) ?? []), `${file}: ${title}`])
    }
  }
}

let bare = 0
for (const [, number = '', sentence] of promises) {
  const shown = shownBy.get(number) ?? []
  if (shown.length === 0) bare++
  console.log(`${number} ${sentence}`)
  for (const test of shown) console.log(`    ✓ ${test}`)
  if (shown.length === 0) console.log('    – no test yet')
}
console.log(`\n${promises.length - bare} of ${promises.length} promises and decisions have a test.`)
