import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Expected, Post } from './load.ts'
import type { ServerProcess } from './server-process.ts'

export type SteadyOrder = {
  port: number
  /** Posted in turn. */
  kinds: { posts: Post[]; expected: Expected }[]
  perSecond: number
  connections: number
}
/** When a request was due, on the clock of the machine, and how long after that its answer was there. */
export type Answered = { dueAt: number; milliseconds: number }

/** Posts at a fixed rate from a process of its own, and checks every answer, until `stop` is called. */
export function startSteady(
  server: ServerProcess,
  order: Omit<SteadyOrder, 'port'>,
): { stop(): Promise<Answered[]> } {
  const poster = fork(fileURLToPath(new URL('steady-process.ts', import.meta.url)))
  const outcome = new Promise<Answered[]>((done, failed) => {
    poster.once('exit', () => failed(new Error('The process that posts has ended.')))
    poster.once('message', (answer: Answered[] | { wrong: string }) => {
      if ('wrong' in answer) failed(new Error(answer.wrong))
      else done(answer)
    })
  })
  // Whoever stops it hears of it; nobody else needs to.
  outcome.catch(() => undefined)
  poster.send({ ...order, port: server.port })
  return {
    async stop() {
      if (poster.connected) poster.send('stop')
      return outcome.finally(() => poster.kill())
    },
  }
}
