import { CALLERS, type Caller } from './callers.ts'
import { rolledBack } from './rolled-back.ts'

type Door = {
  /** What came of it when somebody knocked; undone afterwards. Null is nobody. */
  comes: (caller: Caller | null) => Promise<string>
  /** What the catalogue says. */
  says: (caller: Caller) => string
}

/** What comes of it for each who asks, nobody among them, beside what should: two records to compare. */
export async function everyoneAtTheDoor({ comes, says }: Door) {
  const came: Record<string, string> = { nobody: await rolledBack(() => comes(null)) }
  const said: Record<string, string> = { nobody: 'unauthenticated' }
  for (const caller of CALLERS) {
    came[caller.name] = await rolledBack(() => comes(caller))
    said[caller.name] = says(caller)
  }
  return { came, said }
}
