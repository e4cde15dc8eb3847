type Errors = Readonly<Record<string, string>>

/** What is still wrong of what was refused: an error goes as soon as its field differs from what was sent. */
export function standingErrors(errors: Errors, sent: object | undefined, now: object): Errors {
  const kept = Object.entries(errors).filter(([path]) => {
    const [field = path] = path.split('.')
    return JSON.stringify(at(sent, field)) === JSON.stringify(at(now, field))
  })
  return Object.fromEntries(kept)
}

function at(values: object | undefined, field: string): unknown {
  return (values as Readonly<Record<string, unknown>> | undefined)?.[field]
}
