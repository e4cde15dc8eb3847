/** Why an expected "no" was said. Each gateway translates a code once into its own dialect. */
export type RefusalCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'expired'
  | 'limit-reached'
  | 'unavailable'

const BRAND = Symbol.for('gatehouse.refusal')

/**
 * An expected "no", in words meant for the person who asked. Anything else that is thrown is a bug.
 * `fields` maps an input's path (`redirectUris.0`) to a sentence shown beneath it.
 */
export class Refusal extends Error {
  readonly [BRAND] = true
  readonly code: RefusalCode
  readonly sentence: string
  readonly fields: Readonly<Record<string, string>>
  /** A save over somebody's newer one: `fields` then name who changed them, not what is wrong with them. */
  readonly isOvertaken: boolean

  constructor(
    code: RefusalCode,
    sentence: string,
    fields: Record<string, string> = {},
    { isOvertaken = false } = {},
  ) {
    super(sentence)
    this.name = 'Refusal'
    this.code = code
    this.sentence = sentence
    this.fields = fields
    this.isOvertaken = isOvertaken
  }
}

/** Recognizes a refusal by its brand: the process loads this file twice, so `instanceof` would miss half of them. */
export function isRefusal(thrown: unknown): thrown is Refusal {
  return typeof thrown === 'object' && thrown !== null && BRAND in thrown
}
