import { afterEach, describe, expect, it, vi } from 'vitest'
import { takeFile } from './take-file.ts'

const saved: Blob[] = []
vi.stubGlobal('document', { createElement: () => ({ click: () => undefined }) })
vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
  saved.push(file as Blob)
  return 'blob:saved'
})

afterEach(() => {
  saved.length = 0
})

function answers(text: string, headers: Record<string, string> = { 'export-events': '2' }) {
  vi.stubGlobal('fetch', async () => new Response(text, { headers }))
}

const take = (format: string, signal = new AbortController().signal) =>
  takeFile('/export', new URLSearchParams({ format }), {
    header: 'export-events',
    signal,
    onProgress: () => undefined,
  })

describe('an export', () => {
  it('is saved and counted when its last line is there', async () => {
    answers('time,act\r\n1,a\r\n2,b\r\nend of export,2\r\n')
    expect(await take('csv')).toEqual({ is: 'done', events: 2 })
    answers('{"a":1}\n{"b":2}\n{"end of export":true,"events":2}\n')
    expect(await take('jsonl')).toEqual({ is: 'done', events: 2 })
    expect(saved).toHaveLength(2)
  })

  it('is not saved when it was cut off: it would pass for the whole', async () => {
    answers('time,act\r\n1,a\r\n')
    expect(await take('csv')).toMatchObject({ is: 'failed' })
    answers('<html>Sign in</html>', {})
    expect(await take('csv')).toMatchObject({ is: 'failed' })
    expect(saved).toEqual([])
  })

  it('is not saved when something fails on its way, and what it was is not hidden', async () => {
    const reported = vi.fn()
    vi.stubGlobal('reportError', reported)
    const lost = new TypeError('network error')
    vi.stubGlobal('fetch', async () => {
      throw lost
    })
    expect(await take('csv')).toMatchObject({ is: 'failed' })
    expect(reported).toHaveBeenCalledExactlyOnceWith(lost)
    expect(saved).toEqual([])
  })

  it('is not saved when it is cancelled', async () => {
    const controller = new AbortController()
    vi.stubGlobal('fetch', async () => {
      controller.abort()
      throw new DOMException('Aborted', 'AbortError')
    })
    expect(await take('csv', controller.signal)).toEqual({ is: 'cancelled' })
    expect(saved).toEqual([])
  })
})
