import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The house keeps its own rules. A verb is a file of `lib/domain/<domain>/` that exports a function whose first
 * parameter is the actor, or the visitor who is nobody yet, and that opens a transaction; what is asked of verbs stands in `docs/architecture.md`.
 */
const DOMAINS = 'lib/domain'
const NOT_VERBS =
  /(^|\/)(queries|schema|rules|scopes|events|catalogue|record|check|may|standing|actor|abilities)\.ts$|\/(open|get|list|find|preview)-[^/]*\.ts$/

/** Verbs that nobody opens anything for, each with its reason. */
const OPENS_NOTHING: Record<string, string> = {
  'create-first-organization': 'there is nobody and nothing yet: the one-time code is the permission',
  'request-password-reset': 'it changes nothing: a job is left for whoever was named, or for nobody',
  'reset-password': 'the mailed link is the permission: it is spent, and names the account',
  'trade-password': 'the password that was verified is the permission: it is for that account',
  'verify-sign-in': 'it changes nothing: the password is what is looked at',
}

/** Verbs that record nothing, each with its reason. */
const RECORDS_NOTHING: Record<string, string> = {
  'draft-request': 'nobody asked for anything yet: the event is the request made of it',
  'request-password-reset': 'whether there is such an account nobody learns: the event is the new password',
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

const camelCase = (kebab: string) => kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const verbs = files(DOMAINS)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !NOT_VERBS.test(file))
  .map((file) => ({ file, name: basename(file, '.ts'), source: readFileSync(file, 'utf8') }))
  .filter(
    ({ source }) =>
      /export async function \w+\(\s*(actor|visitor)\b/.test(source) && /\btransaction\(/.test(source),
  )

describe('a verb', () => {
  it('is found at all, also one that a visitor calls', () => {
    expect(verbs.length).toBeGreaterThan(15)
    expect(verbs.map(({ name }) => name)).toContain('join-by-invitation')
  })

  it('has an exception only where it needs one', () => {
    const names = verbs.map(({ name }) => name)
    const exceptions = [...Object.keys(OPENS_NOTHING), ...Object.keys(RECORDS_NOTHING)]
    expect(exceptions.filter((name) => !names.includes(name))).toEqual([])
  })

  it.each(verbs)('$file exports one function, named like the file', ({ name, source }) => {
    const exported = [...source.matchAll(/^export (?:async )?function (\w+)/gm)].map((match) => match[1])
    expect(exported).toEqual([camelCase(name)])
  })

  it.each(verbs.filter(({ name }) => !(name in OPENS_NOTHING)))(
    '$file opens what it changes',
    ({ source }) => {
      expect(source).toMatch(/\b(open[A-Z]\w*|check(InRoot)?)\(/)
    },
  )

  it.each(verbs.filter(({ name }) => !(name in RECORDS_NOTHING)))(
    '$file records what it did',
    ({ source }) => {
      expect(source).toMatch(/\brecord\w*\(\s*tx/)
    },
  )

  it.each(verbs)('$file catches nothing', ({ source }) => {
    expect(source).not.toMatch(/\bcatch\b/)
  })

  it.each(verbs)('$file calls no other verb', ({ name, source }) => {
    const others = verbs.map((verb) => camelCase(verb.name)).filter((other) => other !== camelCase(name))
    const called = others.filter((other) => new RegExp(`\\b${other}\\(`).test(source))
    expect(called).toEqual([])
  })

  it.each(verbs)('$file has a test that shows a refusal', ({ file, name }) => {
    const beside = readdirSync(dirname(file)).filter((other) => other.endsWith('.db.test.ts'))
    const shown = beside
      .map((test) => readFileSync(join(dirname(file), test), 'utf8'))
      .filter((test) => test.includes(`${camelCase(name)}(`))
    expect(shown.some((test) => /rejects|refus/i.test(test))).toBe(true)
  })
})

describe('the tree', () => {
  const FORBIDDEN = [
    'utils',
    'helpers',
    'types',
    'constants',
    'services',
    'index',
    'common',
    'misc',
    'shared',
  ]
  const sources = ['lib', 'db', 'app', 'components', 'server', 'test', 'e2e', 'bench', 'scripts']
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => files(folder))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))

  it('has no drawer where anything goes', () => {
    expect(sources.filter((file) => FORBIDDEN.includes(basename(file).replace(/\.\w+$/, '')))).toEqual([])
  })

  it('reads the environment in one place', () => {
    const READERS =
      /^(lib\/base\/(env|log)|lib\/gateways\/console\/next-auth|db\/client|server|scripts|test|e2e|bench|db\/(embedded|seed))/
    const elsewhere = sources.filter(
      (file) => !READERS.test(file) && /process\.env/.test(readFileSync(file, 'utf8')),
    )
    expect(elsewhere).toEqual([])
  })
})
