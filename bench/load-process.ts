import type { Issued, Order, Outcome } from './load.ts'
import { answersOf, bytesOf, check, open } from './posting.ts'

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
