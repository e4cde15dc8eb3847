import { connect, type Socket } from 'node:net'
import type { Expected, Post } from './load.ts'

/** Fails unless an answer is the expected one. Returns the token in it, if there is one. */
export function check({ status, body }: Answer, expected: Expected, seen: Set<string>): string | undefined {
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

export function bytesOf({ path, authorization, body }: Post, port: number): Buffer {
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    `Authorization: ${authorization}`,
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

export function open(port: number): Promise<Socket> {
  return new Promise((opened, failed) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => opened(socket))
    socket.once('error', failed)
  })
}

type Answer = { status: number; body: string }

/** Reads one answer after the other. Both sides send their length with every answer; anything else is refused here. */
export function answersOf(socket: Socket): { next(): Promise<Answer> } {
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
