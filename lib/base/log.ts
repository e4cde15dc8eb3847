import pino, { type Logger } from 'pino'
import { errorForLog } from './error-for-log.ts'

/** Native Node and Next's bundle each load this file: both write to one logger. */
const shared = globalThis as typeof globalThis & { gatehouseLog?: Logger }

/** Whatever carries one of these names is blacked out, also one level down: no secret reaches the log. */
const SECRET_NAMES = [
  'password',
  'secret',
  'token',
  'code',
  'cookie',
  'authorization',
  'client_secret',
  'access_token',
  'refresh_token',
  'id_token',
  'code_verifier',
  '["set-cookie"]',
]

/** The process's logger: one JSON object a line on standard output, at the level that LOG_LEVEL names. */
export function log(): Logger {
  shared.gatehouseLog ??= pino({
    level: process.env.LOG_LEVEL || 'info',
    base: null,
    serializers: { err: errorForLog, details: errorForLog },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRET_NAMES.flatMap((name) => [name, name.startsWith('[') ? `*${name}` : `*.${name}`]),
      censor: '[hidden]',
    },
  })
  return shared.gatehouseLog
}
