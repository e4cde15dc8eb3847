import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Entry = {
  version: string
  resolved?: string
  integrity?: string
  optional?: boolean
  optionalDependencies?: Record<string, string>
}

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

  it('names each package by version and digest, but for binaries of other platforms than Linux with glibc', () => {
    const without = Object.entries(packages).filter(
      ([path, { integrity = '' }]) => path !== '' && !/^sha512-/.test(integrity),
    )
    const others = /-(darwin|win32|android|freebsd|wasm32)-|-linux-.*(musl|gnueabihf)$/
    expect(without.filter(([path, { optional }]) => !optional || !others.test(path))).toEqual([])
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    ) as Record<string, Record<string, string>>
    for (const version of Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
  })

  it('records no download address', () => {
    expect(text).not.toMatch(/https?:\/\/[^"]*\.tgz/)
    expect(Object.values(packages).filter((entry) => entry.resolved)).toEqual([])
  })
})
