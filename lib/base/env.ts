import { BlockList, isIP } from 'node:net'
import { z } from 'zod'
import { Refusal } from './refusal.ts'
import { SECRET_KEY_BYTES } from './secret-key.ts'
import { isVisible } from './visible-text.ts'

/** Each variable Gatehouse reads. `.env.example` holds the same names with a sentence each; a test compares the two. */
const variables = z.object({
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' })),
  PUBLIC_URL: optional(z.string().transform(origin)),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535).default(3000),
  SECRET_KEY: optional(z.string().transform(secretKey)),
  SECRET_KEY_PREVIOUS: optional(z.string().transform(secretKey)),
  TRUSTED_PROXIES: optional(z.string().transform(ranges)),
  SMTP_URL: optional(z.string().transform(mailServer)),
  MAIL_FROM: optional(z.string().transform(mailAddress)),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, silent',
    })
    .default('info'),
  DATA_DIR: z.string().min(1).default('.data'),
  AUTHORIZATIONS_PER_PERSON_MAX: z.coerce
    .number({ error: 'must be a number of apps' })
    .int('must be a whole number of apps')
    .min(1, 'must be at least 1')
    .max(10_000, 'must be at most 10000')
    .default(30),
  SCOPES_PER_APP_MAX: z.coerce
    .number({ error: 'must be a number of scopes' })
    .int('must be a whole number of scopes')
    .min(1, 'must be at least 1')
    .max(1000, 'must be at most 1000')
    .default(1000),
})

export type Environment = Readonly<{
  databaseUrl: string | undefined
  publicUrl: string
  host: string
  port: number
  secretKey: Buffer | undefined
  secretKeyPrevious: Buffer | undefined
  trustedProxies: BlockList
  /** The server that mail is handed to, and whom it is from: both, or neither. */
  mail: { server: MailServer; from: MailAddress } | undefined
  logLevel: string
  dataDir: string
  /** How many apps may act for one person in one root organization. */
  authorizationsPerPersonMax: number
  /** How many scopes an app may have. */
  scopesPerAppMax: number
}>

export type MailServer = {
  host: string
  port: number
  /** TLS from the first byte; otherwise STARTTLS, which may be left out on this machine alone. */
  isSecure: boolean
  isThisMachine: boolean
  login: { user: string; pass: string } | undefined
}

export type MailAddress = { name: string; address: string }

export const VARIABLE_NAMES = Object.keys(variables.shape)

/**
 * Reads the environment, or refuses with one sentence that names every variable that is wrong and never shows a value.
 * An empty variable counts as unset.
 */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, source[name] || undefined]))
  const read = variables.safeParse(given)
  if (!read.success) throw new Refusal('invalid', sentence(read.error), fields(read.error))
  const value = read.data
  if (value.DATABASE_URL && !value.SECRET_KEY) {
    const words = 'is required with DATABASE_URL: 32 random bytes, such as `openssl rand -hex 32` prints'
    throw new Refusal('invalid', `The environment is not right: SECRET_KEY ${words}.`, { SECRET_KEY: words })
  }
  if (value.SMTP_URL && !value.MAIL_FROM) {
    const words = 'is required with SMTP_URL: whom mail is from, such as Gatehouse <gatehouse@example.com>'
    throw new Refusal('invalid', `The environment is not right: MAIL_FROM ${words}.`, { MAIL_FROM: words })
  }
  return {
    databaseUrl: value.DATABASE_URL,
    publicUrl: value.PUBLIC_URL ?? `http://localhost:${value.PORT}`,
    host: value.HOST,
    port: value.PORT,
    secretKey: value.SECRET_KEY,
    secretKeyPrevious: value.SECRET_KEY_PREVIOUS,
    trustedProxies: value.TRUSTED_PROXIES ?? new BlockList(),
    mail: value.SMTP_URL && value.MAIL_FROM && { server: value.SMTP_URL, from: value.MAIL_FROM },
    logLevel: value.LOG_LEVEL,
    dataDir: value.DATA_DIR,
    authorizationsPerPersonMax: value.AUTHORIZATIONS_PER_PERSON_MAX,
    scopesPerAppMax: value.SCOPES_PER_APP_MAX,
  }
}

/** Native Node and Next's bundle each load this file: what boot read is shared between the two. */
const shared = globalThis as typeof globalThis & { gatehouseEnvironment?: Environment }

/** The environment as it was when the process began. */
export function environment(): Environment {
  shared.gatehouseEnvironment ??= readEnvironment(process.env)
  return shared.gatehouseEnvironment
}

/** Fixes the environment for the rest of the process: boot calls it when a command overrides what the shell gave. */
export function setEnvironment(value: Environment): void {
  shared.gatehouseEnvironment = value
}

function optional<S extends z.ZodType>(schema: S) {
  return schema.optional()
}

function origin(value: string, context: z.RefinementCtx): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isOrigin = url && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(value)
  if (isOrigin && url.protocol === 'http:' && !isThisMachine(url.hostname)) {
    return refuse(
      context,
      'must begin with https:// unless it names this machine: codes and cookies would go in the open',
    )
  }
  if (isOrigin) return url.origin
  return refuse(context, 'must be an origin such as https://id.example.com, without path, query or user name')
}

function isThisMachine(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(\.\d+){3}$|^\[::1\]$/.test(hostname)
  )
}

function secretKey(value: string, context: z.RefinementCtx): Buffer {
  const isHex = /^[0-9a-f]{64}$/i.test(value)
  const isBase64 = /^[\w+/-]{43}=?$/.test(value)
  const bytes = Buffer.from(value, isHex ? 'hex' : 'base64')
  if ((isHex || isBase64) && bytes.byteLength === SECRET_KEY_BYTES) return bytes
  return refuse(context, 'must be 32 bytes in hexadecimal or base64, such as `openssl rand -hex 32` prints')
}

function ranges(value: string, context: z.RefinementCtx): BlockList {
  const list = new BlockList()
  for (const range of value.split(',').map((part) => part.trim())) {
    const [address = '', prefix, more] = range.split('/')
    const version = isIP(address)
    const bits = prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix)
    const fits = Number.isInteger(bits) && prefix !== '' && bits >= 0 && bits <= (version === 4 ? 32 : 128)
    if (!version || !fits || more !== undefined) {
      return refuse(context, 'must be addresses or ranges such as 10.0.0.0/8, separated by commas')
    }
    list.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

/** Read here and not by the mailer, which would take options from the query, such as not to verify certificates. */
function mailServer(value: string, context: z.RefinementCtx): MailServer {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isBare = url && !url.search && !url.hash && ['', '/'].includes(url.pathname)
  const login = url && loginIn(url)
  if (!isBare || !/^smtps?:$/.test(url.protocol) || !url.hostname || login === null) {
    return refuse(
      context,
      'must be a URL such as smtps://user:password@mail.example.com:465, without path or query',
    )
  }
  const isSecure = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isSecure ? 465 : 587),
    isSecure,
    isThisMachine: isThisMachine(url.hostname),
    login,
  }
}

/** Who signs in to the server; undefined for nobody, null for what is no pair of words. */
function loginIn({ username, password }: URL): MailServer['login'] | null {
  if (!username && !password) return undefined
  try {
    return username && password
      ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
      : null
  } catch {
    return null
  }
}

function mailAddress(value: string, context: z.RefinementCtx): MailAddress {
  const [, name = '', address = ''] = /^\s*(?:([^<>"]*?)\s*<([^<>]+)>)\s*$/.exec(value) ?? [
    null,
    '',
    value.trim(),
  ]
  if (z.email().safeParse(address).success && isVisible(name)) return { name, address }
  return refuse(
    context,
    'must be an address such as gatehouse@example.com or Gatehouse <gatehouse@example.com>',
  )
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}

function fields(error: z.ZodError): Record<string, string> {
  return Object.fromEntries(error.issues.map((issue) => [issue.path.join('.'), issue.message]))
}

function sentence(error: z.ZodError): string {
  const said = Object.entries(fields(error)).map(([name, message]) => `${name} ${message}`)
  return `The environment is not right: ${said.join('; ')}.`
}
