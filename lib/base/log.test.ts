import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

/** A process of its own: the logger writes to standard output past everything that could listen in here. */
const SCRIPT = `
  import { log } from '#lib/base/log'
  const secrets = { password: 'hush1', code: 'hush2', client_secret: 'hush3', access_token: 'hush4', cookie: 'hush5' }
  log().trace(secrets, 'flat')
  log().error({ request: secrets, headers: { authorization: 'hush6', 'set-cookie': 'hush7' } }, 'one level down')
  log().error({ err: Object.assign(new Error('Failed query: select 1\\nparams: hush8'), { params: ['hush9'] }) }, 'failed')`

it('writes no secret, at whatever level', () => {
  const args = ['--input-type=module-typescript', '--eval', SCRIPT]
  const said = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, LOG_LEVEL: 'trace' },
  })
  expect(said.trim().split('\n')).toHaveLength(3)
  expect(said).toContain('Failed query: select 1')
  expect(said).not.toMatch(/hush\d/)
})
