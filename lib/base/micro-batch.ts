/** As many as one statement should carry: more only makes the first of them wait for the last. */
const BATCH_SIZE_MAX = 500
/** Two at once keep the database busy while the next batch gathers. */
const IN_FLIGHT_MAX = 2

type Waiting<In, Out> = { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }

/**
 * Makes one statement out of what is asked for at the same moment. `run` takes the items and returns an answer for each,
 * in their order. No timer and no cache: what arrives is sent at the end of this turn of the event loop, and while two
 * statements are under way, what arrives meanwhile is the next one. A batch that fails is run again one by one, so that
 * one bad item fails alone.
 */
export function microBatch<In, Out>(run: (items: In[]) => Promise<Out[]>): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = []
  let inFlight = 0
  let isPlanned = false

  const plan = () => {
    if (isPlanned || inFlight >= IN_FLIGHT_MAX || waiting.length === 0) return
    isPlanned = true
    setImmediate(() => {
      isPlanned = false
      void flush()
      plan()
    })
  }
  const flush = async () => {
    const batch = waiting.splice(0, BATCH_SIZE_MAX)
    if (batch.length === 0) return
    inFlight++
    await settle(batch, run)
    inFlight--
    plan()
  }
  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      plan()
    })
}

async function settle<In, Out>(
  batch: Waiting<In, Out>[],
  run: (items: In[]) => Promise<Out[]>,
): Promise<void> {
  try {
    const answers = await run(batch.map(({ item }) => item))
    if (answers.length !== batch.length)
      throw new Error(`A batch of ${batch.length} got ${answers.length} answers.`)
    for (const [place, { resolve }] of batch.entries()) resolve(answers[place] as Out)
  } catch (error) {
    if (batch.length === 1) return batch[0]?.reject(error)
    await Promise.all(batch.map((one) => settle([one], run)))
  }
}
