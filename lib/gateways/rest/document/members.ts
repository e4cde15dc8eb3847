import type { Schema } from './example.ts'

/** One member of a body, an answer or a query, as a line of a table. */
export type Member = {
  name: string
  /** How deep it lies in the members before it. */
  depth: number
  /** In words: `text`, `list of objects`, `text or null`. */
  type: string
  isNeeded: boolean
  description: string
  choices: string[]
}

/** Deeper than anything we answer; a schema that names itself ends there. */
const DEPTH_MAX = 5

/** The members of an object, each followed by what it holds. */
export function membersOf(schema: Schema, named: Record<string, Schema>, depth = 0): Member[] {
  const { properties = {}, required = [] } = resolved(schema, named)
  return Object.entries(properties).flatMap(([name, given]) => {
    const inner = innermost(given, named)
    const member: Member = {
      name,
      depth,
      type: typeOf(given, named),
      isNeeded: required.includes(name),
      description: given.description ?? '',
      choices: choicesOf(given, named),
    }
    return [member, ...(depth < DEPTH_MAX && inner.properties ? membersOf(inner, named, depth + 1) : [])]
  })
}

function resolved(schema: Schema, named: Record<string, Schema>): Schema {
  return schema.$ref ? (named[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema
}

/** What it holds when it is there: without null, out of its list. */
function innermost(schema: Schema, named: Record<string, Schema>): Schema {
  const own = present(resolved(schema, named), named)
  return own.items ? innermost(own.items, named) : own
}

function present(schema: Schema, named: Record<string, Schema>): Schema {
  const choice = (schema.anyOf ?? schema.oneOf)?.find(({ type }) => type !== 'null')
  return choice ? present(resolved(choice, named), named) : schema
}

function typeOf(schema: Schema, named: Record<string, Schema>): string {
  const own = resolved(schema, named)
  const there = present(own, named)
  const word = there.items ? `list of ${plural(typeOf(there.items, named))}` : plain(there)
  return isNullable(own) ? `${word} or null` : word
}

function isNullable(schema: Schema): boolean {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  return types.includes('null') || (schema.anyOf ?? schema.oneOf ?? []).some(({ type }) => type === 'null')
}

function plain(schema: Schema): string {
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type
  if (schema.enum) return 'one of'
  if (schema.format === 'date-time') return 'moment'
  if (schema.format === 'uri') return 'address'
  const prefix = /^\^([a-z]{3})_/.exec(schema.pattern ?? '')?.[1]
  if (prefix) return `ID (${prefix}_…)`
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'boolean') return 'true or false'
  return type === 'object' ? 'object' : 'text'
}

function plural(word: string): string {
  return word === 'object' ? 'objects' : word === 'text' ? 'texts' : word
}

/** More would hide the line they explain. */
const CHOICES_SHOWN_MAX = 8

function choicesOf(schema: Schema, named: Record<string, Schema>): string[] {
  const own = innermost(schema, named)
  const choices = (own.enum ?? (own.const === undefined ? [] : [own.const])).map(String)
  return choices.length <= CHOICES_SHOWN_MAX
    ? choices
    : [...choices.slice(0, CHOICES_SHOWN_MAX), `and ${choices.length - CHOICES_SHOWN_MAX} more`]
}
