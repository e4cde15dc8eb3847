import { saveFile } from '#components/ui/save-file'

export type Progress = { events: number; total: number }

type Taken = { is: 'done'; events: number } | { is: 'cancelled' } | { is: 'failed'; sentence: string }

type How = {
  /** Where the answer says how many events are to come. */
  header: string
  signal: AbortSignal
  onProgress: (progress: Progress) => void
}

/** What has arrived is handed to the browser in parts, which it keeps on disk: the page never holds the whole file. */
const PART_BYTES = 4 * 1024 * 1024
const PROGRESS_MILLISECONDS = 100
const NEW_LINE = 10

/**
 * Asks for the file, counts its lines as they come, and saves it when its last line is there. One that was broken off is not
 * saved: it would pass for the whole.
 */
export async function takeFile(action: string, form: URLSearchParams, how: How): Promise<Taken> {
  try {
    const answer = await fetch(`/${action.replace(/^\//, '')}`, {
      method: 'POST',
      body: form,
      signal: how.signal,
    })
    const total = Number(answer.headers.get(how.header) ?? Number.NaN)
    // A refusal leads back to the page, which says why; here it comes as a page instead of a file.
    if (!answer.ok || !answer.body || Number.isNaN(total)) return failed()
    const { parts, lines, tail } = await read(answer.body, (events) => how.onProgress({ events, total }))
    if (!/end of export/.test(tail)) return failed()
    saveFile(fileName(answer), new Blob(parts, { type: answer.headers.get('content-type') ?? '' }))
    return { is: 'done', events: Math.max(0, lines - (form.get('format') === 'csv' ? 2 : 1)) }
  } catch (thrown) {
    if (how.signal.aborted) return { is: 'cancelled' }
    // A lost connection or a bug: the page says that it failed, the browser's console why.
    reportError(thrown)
    return failed()
  }
}

function failed(): Taken {
  return {
    is: 'failed',
    sentence: 'The export was broken off, and nothing was saved. Load this page again, then try once more.',
  }
}

async function read(body: ReadableStream<Uint8Array>, onLines: (lines: number) => void) {
  const parts: Blob[] = []
  let held: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  let lines = 0
  let toldAt = 0
  let tail = ''
  const decoder = new TextDecoder()
  const reader = body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const chunk = new Uint8Array(next.value)
    for (const byte of chunk) if (byte === NEW_LINE) lines += 1
    tail = (tail + decoder.decode(chunk.subarray(-200))).slice(-200)
    held.push(chunk)
    bytes += chunk.byteLength
    if (bytes >= PART_BYTES) {
      parts.push(new Blob(held))
      held = []
      bytes = 0
    }
    if (Date.now() - toldAt >= PROGRESS_MILLISECONDS) {
      toldAt = Date.now()
      onLines(lines)
    }
  }
  return { parts: [...parts, new Blob(held)], lines, tail }
}

function fileName(answer: Response): string {
  return /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'audit-log'
}
