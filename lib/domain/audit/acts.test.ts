import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ACTS, actWords, NOUN_WORDS, NOUNS, namesOfAct, nounOf } from './acts.ts'

const sources = globSync('lib/domain/**/*.ts')
  .filter((file) => !file.endsWith('.test.ts') && !/audit\/(events|acts)\.ts$/.test(file))
  .map((file) => readFileSync(file, 'utf8'))

describe('an act', () => {
  it.each(ACTS)('%s is recorded by somebody', (name) => {
    expect(sources.some((source) => source.includes(`'${name}'`))).toBe(true)
  })

  it.each(ACTS)('%s has words and belongs to a noun that has some', (name) => {
    expect(actWords(name)).toMatch(/^[A-Z][a-z -]+$/)
    expect(NOUN_WORDS[nounOf(name)]).toMatch(/^[A-Z]/)
    expect(namesOfAct(nounOf(name))).toContain(name)
  })

  it.each(NOUNS)('about %s there is at least one', (noun) => {
    expect(namesOfAct(noun).length).toBeGreaterThan(0)
  })
})
