import { createServer } from 'node:http'
import Provider, { type AdapterFactory } from 'oidc-provider'
import postgres from 'postgres'
import { inMemory, naivePostgres, readRecords } from './reference-adapters.ts'
import { SCOPES } from './reference-data.ts'

/**
 * What the product's authorization server is measured against: the same library with nothing of ours, on the adapter one
 * writes first. It checks what the library checks, and nothing of what the product promises besides.
 */
const [store, port] = process.argv.slice(2)
const sql = postgres(process.env.DATABASE_URL ?? '', { onnotice: () => undefined })
const adapter: AdapterFactory = store === 'memory' ? inMemory(await readRecords(sql)) : naivePostgres(sql)

const provider = new Provider(`http://localhost:${port}`, {
  adapter,
  routes: { token: '/oauth/token', introspection: '/oauth/introspect' },
  scopes: ['openid', 'offline_access', ...SCOPES],
  ttl: { ClientCredentials: 3600, AccessToken: 3600, Grant: 3600 },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
  },
})
provider.on('server_error', (_ctx, error) => console.error(error))

createServer(provider.callback()).listen(Number(port), '127.0.0.1', () =>
  process.stdout.write('The reference answers\n'),
)
process.once('SIGTERM', () => process.exit(0))
