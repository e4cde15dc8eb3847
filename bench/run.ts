import { buildIfChanged } from '../scripts/build.ts'
import { say } from './say.ts'

/** The figures, in the order in which they are taken. Each file takes one, on a database of its own. */
const FIGURES = {
  'token-endpoints': () => import('./token-endpoints.ts'),
  'last-use': () => import('./last-use.ts'),
  'first-page': () => import('./first-page.ts'),
  'page-weight': () => import('./page-weight.ts'),
  introspection: () => import('./introspection.ts'),
  restrict: () => import('./restrict.ts'),
  'remove-for-everyone': () => import('./remove-for-everyone.ts'),
  authorizations: () => import('./authorizations.ts'),
  'owned-apps': () => import('./owned-apps.ts'),
  'owner-change': () => import('./owner-change.ts'),
}

/** `npm run bench`: takes every figure, or only those that are named. It fails when something cannot be measured, never because a number is large. */
const named = process.argv.slice(2)
const unknown = named.find((name) => !(name in FIGURES))
if (unknown) {
  say(`There is no figure "${unknown}". There are: ${Object.keys(FIGURES).join(', ')}.`)
  process.exit(1)
}
await buildIfChanged()
for (const [name, load] of Object.entries(FIGURES)) {
  if (named.length > 0 && !named.includes(name)) continue
  say(`\n── ${name} ──`)
  const figure = await load()
  await figure.measure()
}
process.exit(0)
