import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'

/** What the triggers of `events` and `users` tell (migrations `changes_are_told` and `changes_told_by_name`). */
const CHANNEL = 'changes'
/** A connection that went without a word is noticed after these at the latest. */
const ASK_SECONDS = 10
const ANSWER_MILLISECONDS_MAX = 3000
const AGAIN_MILLISECONDS = 300
/** How long back it is known what was told. */
const REMEMBERED_SECONDS = 60
/** How far the clocks of processes may be apart when one says since when, and another knows what was told. */
const APART_SECONDS = 2

/** The names of what happened; null when nobody knows: anything may have. */
export type Names = ReadonlySet<string> | null

export type Follower = {
  /** `at`: when the last of it was heard, by the process's clock; by then it was committed. */
  told(names: Names, at: number): void
  /** The process stops: nothing more will be told. */
  over(): void
}

export type Changes = {
  /** Tells what happens in a root organization from now on, and what has since that moment. Returns how to stop. */
  follow(rootOrganizationId: string, follower: Follower, since: Date | null): () => void
  /** Lets every follower go, and whoever comes later at once. */
  letGo(): void
  close(): Promise<void>
}

type Heard = { at: number; root: string; names: ReadonlySet<string> }

/**
 * Hears from the database what changed, in whatever process: by one connection, which is opened for the first follower and
 * opens itself again. What was missed meanwhile nobody knows, so everybody is told that anything may have happened.
 */
export function listenForChanges(url: string): Changes {
  const followers = new Map<string, Set<Follower>>()
  const stopping = new AbortController()
  const recently: Heard[] = []
  let listeningSince = Number.POSITIVE_INFINITY
  let working: Promise<void> | undefined
  let isOver = false

  return {
    follow(rootOrganizationId, follower, since) {
      if (isOver) {
        follower.over()
        return () => undefined
      }
      working ??= work()
      const here = followers.get(rootOrganizationId) ?? new Set()
      followers.set(rootOrganizationId, here.add(follower))
      // Before it listens nobody is told: then everybody is.
      if (since && isListening()) {
        const missed = toldSince(rootOrganizationId, since.getTime() - APART_SECONDS * 1000)
        if (missed) follower.told(missed.names, missed.at)
      }
      return () => {
        here.delete(follower)
        if (here.size === 0) followers.delete(rootOrganizationId)
      }
    },
    letGo() {
      isOver = true
      for (const follower of all()) follower.over()
    },
    async close() {
      stopping.abort()
      await working
    },
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      await listen()
      listeningSince = Number.POSITIVE_INFINITY
      await pause(AGAIN_MILLISECONDS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  /** As the driver tells it, though its types do not know of it: `sql.listen` would not notice a connection that went without a word. */
  function told(_channel: string, payload: string): void {
    hear(payload)
  }

  /** Listens until the connection breaks, or answers no more. */
  async function listen(): Promise<void> {
    const broken = new AbortController()
    const ended = AbortSignal.any([broken.signal, stopping.signal])
    const settings: postgres.Options<Record<string, never>> & { onnotify: typeof told } = {
      max: 1,
      max_lifetime: null,
      fetch_types: false,
      connect_timeout: ANSWER_MILLISECONDS_MAX / 1000,
      connection: { application_name: 'gatehouse changes' },
      onnotice: () => undefined,
      onnotify: told,
      onclose: () => broken.abort(),
    }
    const sql = postgres(url, settings)
    while (!ended.aborted) {
      // Said again it changes nothing, and shows whether somebody is there.
      const asked = sql.unsafe(`listen ${CHANNEL}`).then(
        () => true,
        () => false,
      )
      if (!(await Promise.race([asked, pause(ANSWER_MILLISECONDS_MAX, false, { ref: false })]))) break
      if (!isListening()) begin()
      await pause(ASK_SECONDS * 1000, undefined, { signal: ended, ref: false }).catch(() => undefined)
    }
    await sql.end({ timeout: 0 }).catch(() => undefined)
  }

  function begin(): void {
    listeningSince = Date.now()
    recently.length = 0
    for (const follower of all()) follower.told(null, listeningSince)
  }

  function hear(payload: string): void {
    const [root = '', ...words] = payload.split(' ')
    const at = Date.now()
    const names = new Set(words)
    recently.push({ at, root, names })
    while (recently[0] && recently[0].at <= at - REMEMBERED_SECONDS * 1000) recently.shift()
    for (const follower of followers.get(root) ?? []) follower.told(names, at)
  }

  function isListening(): boolean {
    return listeningSince <= Date.now()
  }

  /** What was told in a root organization since that moment, and when the last of it was; null: nothing was. */
  function toldSince(root: string, since: number): { names: Names; at: number } | null {
    const now = Date.now()
    if (since < listeningSince || since < now - REMEMBERED_SECONDS * 1000) return { names: null, at: now }
    const missed = recently.filter((one) => one.root === root && one.at >= since)
    const last = missed.at(-1)
    return last ? { names: new Set(missed.flatMap((one) => [...one.names])), at: last.at } : null
  }

  function all(): Follower[] {
    return [...followers.values()].flatMap((here) => [...here])
  }
}
