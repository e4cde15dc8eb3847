import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type ProductionServer = { url: string; log(): string; stop(): Promise<void> }

/** Starts the product as `npm start` does, on a database of its own; ready when its log says where it answers. */
export async function startProduction(databaseUrl: string): Promise<ProductionServer> {
  const port = await freePort()
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-production-'))
  const url = `http://localhost:${port}`
  const server = spawn(process.execPath, ['server.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      SECRET_KEY: randomBytes(32).toString('hex'),
      PUBLIC_URL: url,
      PORT: String(port),
      DATA_DIR: dataDir,
    },
  })
  let said = ''
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  await new Promise<void>((ready, failed) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes(`Gatehouse answers at ${url}`)) ready()
    }
    server.stdout.on('data', hear)
    server.stderr.on('data', hear)
    server.once('exit', () => failed(new Error(`The server ended: ${said}`)))
  })
  return {
    url,
    log: () => said,
    async stop() {
      stop(server)
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function stop(server: ChildProcess): void {
  if (server.exitCode === null) server.kill('SIGTERM')
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
