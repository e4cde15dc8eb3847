import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { environment } from '#lib/base/env'
import type { Door } from './dispatch.ts'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))

export type Pages = { door: Door; close(): Promise<void> }

/** Starts Next.js behind our server: the build in production, compiling on demand in development. */
export async function openPages(httpServer: Server, isDevelopment: boolean): Promise<Pages> {
  // Next and React decide at import, by this variable, which of their halves to load.
  Object.assign(process.env, {
    NODE_ENV: isDevelopment ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  })
  const { default: next } = await import('next')
  const { hostname, port } = new URL(environment().publicUrl)
  const app = next({
    dev: isDevelopment,
    dir: PROJECT,
    hostname,
    port: Number(port) || undefined,
    httpServer,
  })
  await app.prepare()
  return { door: app.getRequestHandler(), close: () => app.close() }
}
