import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Entry = { version: string; resolved?: string; optionalDependencies?: Record<string, string> }

const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')
const { packages } = JSON.parse(text) as { packages: Record<string, Entry> }
const NEEDED = /-(linux-(x64|arm64)(-gnu)?|darwin-(x64|arm64))$/

describe('the lockfile', () => {
  it('lists the Linux and macOS variants of every package that has any (if not: npm run lockfile)', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) =>
          NEEDED.test(name) && !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    )
    expect(missing).toEqual([])
  })

  it('records no download address', () => {
    expect(text).not.toMatch(/https?:\/\/[^"]*\.tgz/)
    expect(Object.values(packages).filter((entry) => entry.resolved)).toEqual([])
  })
})
