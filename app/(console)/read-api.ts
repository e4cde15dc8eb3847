/** Reads from our own REST API as the person who is signed in; whatever it refuses is thrown. */
export async function readApi<T>(path: string): Promise<T> {
  const answer = await fetch(`/api/v1${path}`, { headers: { accept: 'application/json' } })
  if (!answer.ok) throw new Error(`The API answered ${answer.status}.`)
  return (await answer.json()) as T
}

/** A "no" of the API in words for the person. */
export type ApiRefusal = { code: string; sentence: string; fields: Record<string, string> }

/** The same, where a "no" is an answer too: what an act would be refused with, for instance. */
export async function readApiOrRefusal<T>(path: string): Promise<{ value: T } | { refusal: ApiRefusal }> {
  const answer = await fetch(`/api/v1${path}`, { headers: { accept: 'application/json' } })
  if (answer.ok) return { value: (await answer.json()) as T }
  if (answer.status >= 500) throw new Error(`The API answered ${answer.status}.`)
  const { code, detail, fields } = (await answer.json()) as {
    code: string
    detail: string
    fields?: Record<string, string>
  }
  return { refusal: { code, sentence: detail, fields: fields ?? {} } }
}
