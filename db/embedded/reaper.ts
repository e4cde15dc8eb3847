import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import type { Order } from './reap-after-us.ts'

/** Run as a process of its own: waits until whoever started it is gone, then ends the cluster and removes its folders. */
const { control, data, folders, runner } = JSON.parse(process.argv[2] ?? '') as Order

// A terminal's Ctrl-C reaches the whole group; this process outlives it to clean up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

process.stdin.resume().once('close', () => {
  spawnSync(control, ['stop', '-w', '-m', 'immediate', '-D', data], { cwd: '/', stdio: 'ignore', ...runner })
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})
