import { connect, type Socket } from 'node:net'
import type { Expected, Issued, Order, Outcome, Post } from './load.ts'

/** As many tokens as are told back, so that somebody can ask whether they live. */
const ISSUED_TOLD = 20

process.on('message', (order: Order) => {
  run(order).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => process.send?.({ wrong: String(error) }),
  )
})

/** Each connection posts, waits for the whole answer, checks it, and posts again, until all was posted. */
async function run({ port, posts, connections, count, expected }: Order): Promise<Outcome> {
  const requests = posts.map((post) => ({ post, bytes: bytesOf(post, port) }))
  const seen = new Set<string>()
  const issued: Issued[] = []
  let begun = 0
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
  const began = performance.now()
  await Promise.all(
    sockets.map(async (socket) => {
      const answers = answersOf(socket)
      while (begun < count) {
        const { bytes, post } = requests[begun++ % requests.length] as (typeof requests)[number]
        socket.write(bytes)
        const token = check(await answers.next(), expected, seen)
        if (token && issued.length < ISSUED_TOLD) issued.push({ token, authorization: post.authorization })
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  for (const socket of sockets) socket.destroy()
  return { seconds, issued }
}

function check({ status, body }: Answer, expected: Expected, seen: Set<string>): string | undefined {
  const said = JSON.parse(body) as {
    active?: boolean
    client_id?: string
    access_token?: string
    scope?: string
  }
  const isRight =
    expected === 'active'
      ? said.active === true && !!said.client_id && !!said.scope
      : !!said.access_token && !!said.scope && !seen.has(said.access_token)
  if (status !== 200 || !isRight) throw new Error(`A wrong answer, ${status}: ${body}`)
  if (said.access_token) seen.add(said.access_token)
  return said.access_token
}

function bytesOf({ path, authorization, body }: Post, port: number): Buffer {
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    `Authorization: ${authorization}`,
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

function open(port: number): Promise<Socket> {
  return new Promise((opened, failed) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => opened(socket))
    socket.once('error', failed)
  })
}

type Answer = { status: number; body: string }

/** Reads one answer after the other. Both sides send their length with every answer; anything else is refused here. */
function answersOf(socket: Socket): { next(): Promise<Answer> } {
  let held = ''
  let waiting: { done(answer: Answer): void; failed(error: Error): void } | undefined
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    held += chunk
    const head = held.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = /\r\ncontent-length: (\d+)/i.exec(held.slice(0, head))?.[1]
    if (!length) return waiting?.failed(new Error(`An answer without length: ${held.slice(0, head)}`))
    const end = head + 4 + Number(length)
    if (held.length < end) return
    const answer = { status: Number(held.slice(9, 12)), body: held.slice(head + 4, end) }
    held = held.slice(end)
    waiting?.done(answer)
  })
  socket.on('close', () => waiting?.failed(new Error('The server closed a connection.')))
  return { next: () => new Promise((done, failed) => (waiting = { done, failed })) }
}
