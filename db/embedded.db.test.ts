import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { sharedMegabytes } from './embedded/cluster.ts'
import { homeOf } from './embedded/home.ts'
import { startEmbedded } from './embedded.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-embedded-'))
const quiet = { max: 1, onnotice: () => undefined }
const start = (cluster: string) => startEmbedded({ dataDir, cluster })

afterAll(() => {
  for (const cluster of ['shared', 'killed', 'closed']) {
    rmSync(homeOf(dataDir, cluster).cluster, { recursive: true, force: true })
  }
  rmSync(dataDir, { recursive: true, force: true })
})

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { ...quiet, connect_timeout: 2 })
  const answer = await sql`select 1`.then(
    () => true,
    () => false,
  )
  await sql.end({ timeout: 1 })
  return answer
}

describe('the embedded Postgres', () => {
  it('is made once when two start it together, and stays until the last one leaves', async () => {
    const [one, other] = await Promise.all([start('shared'), start('shared')])
    const url = await one.databaseUrl('gatehouse')
    expect(await other.databaseUrl('gatehouse')).toBe(url)
    expect(other.secretKey).toEqual(one.secretKey)
    await one.stop()
    expect(await answers(url)).toBe(true)
    await other.stop()
    expect(await answers(url)).toBe(false)
  })

  it('is no open door: passwords only, this machine only, no superuser, keys that only we read', async () => {
    const server = await start('closed')
    try {
      const url = new URL(await server.databaseUrl('gatehouse'))
      const { port } = url
      url.password = 'guessed'
      expect(await answers(url.href)).toBe(false)
      url.password = ''
      expect(await answers(url.href)).toBe(false)
      const sql = postgres(server.adminUrl(), quiet)
      const [set] =
        await sql`select current_setting('listen_addresses') host, current_setting('unix_socket_directories') socket`
      expect(set).toEqual({ host: '127.0.0.1', socket: '' })
      const [kept] =
        await sql`select pg_size_bytes(current_setting('shared_buffers'))::float8 / 1048576 as megabytes`
      expect(kept?.megabytes).toBe(
        sharedMegabytes(Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)),
      )
      const methods = await sql`select distinct auth_method from pg_hba_file_rules`
      expect(methods.map((rule) => rule.auth_method)).toEqual(['scram-sha-256'])
      const [role] =
        await sql`select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles where rolname = 'gatehouse'`
      expect(role).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false })
      await sql.end()
      for (const name of ['secret-key', 'password', 'superuser-password', 'lock']) {
        expect(statSync(join(homeOf(dataDir, 'closed').cluster, name)).mode & 0o077).toBe(0)
      }
      const socket = createConnection(Number(port), '127.0.0.2')
      await expect(
        new Promise((open, failed) => socket.once('connect', open).once('error', failed)),
      ).rejects.toThrow()
    } finally {
      await server.stop()
    }
  })

  it('keeps an eighth of the memory for what it reads, never less than Postgres does by itself, nor more than is of use', () => {
    const gigabytes = (count: number) => sharedMegabytes(count * 2 ** 30)
    expect([0.5, 1, 4, 16, 256].map(gigabytes)).toEqual([128, 128, 512, 2048, 2048])
  })

  it('loses no acknowledged row when process and server are killed, and comes back', async () => {
    const script = `
      const { startEmbedded } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)})
      const { default: postgres } = await import('postgres')
      const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, cluster: 'killed' })
      const sql = postgres(await server.databaseUrl('gatehouse'), { max: 1, onnotice: () => undefined })
      await sql\`create table if not exists kept (n int)\`
      for (let n = 1; ; n++) { await sql\`insert into kept values (\${n})\`; process.stdout.write(n + '\\n') }`
    const writer = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let written = 0
    await new Promise<void>((enough) => {
      writer.stdout.on('data', (part) => {
        written = Number(String(part).trim().split('\n').at(-1))
        if (written > 50) enough()
      })
    })
    writer.kill('SIGKILL')
    await new Promise((ended) => writer.once('close', ended))
    const before = await start('killed')
    const sql = postgres(before.adminUrl(), quiet)
    const [found] = await sql`select current_setting('data_directory') at`
    await sql.end()
    // Only root, or the user who started it, may read whose process it is.
    const pid = Number(readFileSync(join(String(found?.at), 'postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, 'SIGKILL')
    const again = await start('killed')
    const check = postgres(await again.databaseUrl('gatehouse'), quiet)
    const [kept] = await check`select count(*)::int rows from kept`
    expect(kept?.rows).toBeGreaterThanOrEqual(written)
    await check.end()
    await again.stop()
    await before.stop()
  })
})
