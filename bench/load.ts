import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { MadeApp } from '#test/factories'
import type { ServerProcess } from './server-process.ts'

/** What is posted, again and again; every answer is checked. */
export type Post = { path: string; authorization: string; body: string }
export type Expected = 'a-new-token' | 'active'

export type Order = {
  port: number
  posts: Post[]
  connections: number
  count: number
  expected: Expected
}
/** A token that was handed out, and to whom. */
export type Issued = { token: string; authorization: string }
export type Outcome = { seconds: number; issued: Issued[] }

export type Measured = { cpuMilliseconds: number; perSecond: number; issued: Issued[] }

/** A process that does nothing but post: what it costs is not counted as the server's. */
export type Load = {
  /** Posts `count` requests over kept-alive connections and fails at the first answer that is not the expected one. */
  measure(server: ServerProcess, order: Omit<Order, 'port'>): Promise<Measured>
  end(): void
}

export function startLoad(): Load {
  const poster = fork(fileURLToPath(new URL('load-process.ts', import.meta.url)))
  return {
    async measure(server, order) {
      const before = await server.cpuMicroseconds()
      const { seconds, issued } = await run({ ...order, port: server.port })
      const used = (await server.cpuMicroseconds()) - before
      return { cpuMilliseconds: used / 1000 / order.count, perSecond: order.count / seconds, issued }
    },
    end: () => void poster.kill(),
  }

  function run(order: Order): Promise<Outcome> {
    return new Promise((done, failed) => {
      const ended = () => failed(new Error('The process that posts has ended.'))
      poster.once('exit', ended)
      poster.once('message', (answer: Outcome | { wrong: string }) => {
        poster.removeListener('exit', ended)
        if ('wrong' in answer) failed(new Error(answer.wrong))
        else done(answer)
      })
      poster.send(order)
    })
  }
}

/** What an app posts, as itself. */
export function postOf(path: string, app: MadeApp, body: string): Post {
  const credentials = Buffer.from(`${app.clientId}:${app.secret}`).toString('base64')
  return { path, authorization: `Basic ${credentials}`, body }
}
