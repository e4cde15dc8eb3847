import { log } from './log.ts'

/**
 * Text as a stream that is as fast as whoever takes it: one piece is made when one is asked for, and whoever goes away ends
 * it. What fails on its way breaks it off, and is logged with that sentence.
 */
export function streamOf(
  pieces: AsyncGenerator<string, void, undefined>,
  brokenOff: string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next()
          if (done) controller.close()
          else controller.enqueue(encoder.encode(value))
        } catch (thrown) {
          log().warn({ err: thrown }, brokenOff)
          controller.error(thrown)
        }
      },
      async cancel() {
        await pieces.return()
      },
    },
    { highWaterMark: 0 },
  )
}
