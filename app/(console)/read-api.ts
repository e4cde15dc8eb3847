/** Reads from our own REST API as the person who is signed in; whatever it refuses is thrown. */
export async function readApi<T>(path: string): Promise<T> {
  const answer = await fetch(`/api/v1${path}`, { headers: { accept: 'application/json' } })
  if (!answer.ok) throw new Error(`The API answered ${answer.status}.`)
  return (await answer.json()) as T
}
