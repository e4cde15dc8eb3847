import { setTimeout as pause } from 'node:timers/promises'
import { answersOf, bytesOf, check, open } from './posting.ts'
import type { Answered, SteadyOrder } from './steady.ts'

let isOver = false

process.on('message', (order: SteadyOrder | 'stop') => {
  if (order === 'stop') {
    isOver = true
    return
  }
  run(order).then(
    (answered) => process.send?.(answered),
    (error: unknown) => process.send?.({ wrong: String(error) }),
  )
})

/**
 * Posts at a fixed rate until told to stop, whether or not the answers keep up: one that waits for a connection has been waiting since
 * it was due.
 */
async function run({ port, kinds, perSecond, connections }: SteadyOrder): Promise<Answered[]> {
  const requests = kinds.map(({ posts, expected }) => ({
    expected,
    bytes: posts.map((post) => bytesOf(post, port)),
  }))
  const free = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = await open(port)
      return { socket, answers: answersOf(socket) }
    }),
  )
  const seen = new Set<string>()
  const answered: Answered[] = []
  const due: number[] = []
  const flying = new Set<Promise<void>>()
  const began = Date.now()
  let begun = 0
  let sent = 0
  while (!isOver) {
    while (began + (begun * 1000) / perSecond <= Date.now()) due.push(began + (begun++ * 1000) / perSecond)
    send()
    await pause(1)
  }
  await Promise.all(flying)
  for (const { socket } of free) socket.destroy()
  return answered

  function send(): void {
    while (due.length > 0 && free.length > 0) {
      const one = post(due.shift() ?? 0, sent++).finally(() => flying.delete(one))
      flying.add(one)
    }
  }

  async function post(dueAt: number, number: number): Promise<void> {
    // In turn: a server closes a connection that says nothing for long.
    const connection = free.shift()
    const { bytes, expected } = requests[number % requests.length] as (typeof requests)[number]
    if (!connection) throw new Error('A request was sent without a connection.')
    connection.socket.write(bytes[Math.floor(number / requests.length) % bytes.length] as Buffer)
    check(await connection.answers.next(), expected, seen)
    answered.push({ dueAt, milliseconds: Date.now() - dueAt })
    free.push(connection)
    send()
  }
}
