import { readFileSync, writeFileSync } from 'node:fs'

/*
 * A registry that mirrors only some platforms makes npm leave the others out of the lockfile, and `npm ci` then refuses it
 * everywhere else. This puts the platforms back that a package names itself, at the version it names. They carry no integrity
 * value until somebody installs on that platform. Run it after adding a package: `npm run lockfile`.
 */
const PLATFORM =
  /^(.*?)-(darwin|linux|win32|android|freebsd|openbsd|netbsd|sunos|aix|openharmony|wasm32)(?:-(arm64|x64|ia32|arm|wasi))?(?:-?(gnu|musl|msvc|eabi|gnueabihf))?$/

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
const { '': project, ...packages } = lock.packages
const added = []

for (const [path, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const isThere = packages[`node_modules/${name}`] ?? packages[`${path}/node_modules/${name}`]
    const platform = PLATFORM.exec(name)
    if (isThere || !platform || !/^\d/.test(version)) continue
    packages[`node_modules/${name}`] = variant(version, platform)
    added.push(`${name}@${version}`)
  }
}

const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
lock.packages = { '': project, ...Object.fromEntries(sorted) }
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length ? `Put back:\n  ${added.join('\n  ')}` : 'Every platform is there.')

function variant(version, [, stem, os, cpu, libc]) {
  const sibling =
    Object.entries(packages).find(([path]) => path.startsWith(`node_modules/${stem}-linux`))?.[1] ?? {}
  return {
    version,
    cpu: [os === 'wasm32' ? 'wasm32' : cpu],
    ...(sibling.dev ? { dev: true } : {}),
    ...(libc === 'musl' ? { libc: ['musl'] } : {}),
    ...(sibling.license ? { license: sibling.license } : {}),
    optional: true,
    ...(os === 'wasm32' ? {} : { os: [os] }),
    ...(sibling.engines ? { engines: sibling.engines } : {}),
  }
}
