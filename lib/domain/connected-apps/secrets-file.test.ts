import { expect, it } from 'vitest'
import { secretsFile } from './secrets-file.ts'

const SECRETS = [
  { app: 'Order Desk', clientId: 'a1', secret: 'ghs_one' },
  { app: '=cmd("x")', clientId: 'b2', secret: 'ghs_two' },
  { app: 'Order desk!', clientId: 'c3', secret: 'ghs_three' },
  { app: '7 Ümläut, "Ltd"', clientId: 'd4', secret: 'ghs_four' },
  { app: '注文', clientId: 'e5', secret: 'ghs_five' },
]

it('is a table for people, in which no name becomes a formula [P19]', () => {
  expect(secretsFile('csv', SECRETS).trimEnd().split('\n')).toEqual([
    'app,client_id,client_secret',
    'Order Desk,a1,ghs_one',
    `"'=cmd(""x"")",b2,ghs_two`,
    'Order desk!,c3,ghs_three',
    '"7 Ümläut, ""Ltd""",d4,ghs_four',
    '注文,e5,ghs_five',
  ])
})

it('is a list for programs', () => {
  expect(JSON.parse(secretsFile('json', SECRETS))).toHaveLength(5)
  expect(JSON.parse(secretsFile('json', SECRETS))[0]).toEqual({
    app: 'Order Desk',
    client_id: 'a1',
    client_secret: 'ghs_one',
  })
})

it('is variables for a shell, each by a name of its own, in which no app’s name is a command', () => {
  const text = secretsFile('env', [...SECRETS, { app: 'A\nB=$(id)', clientId: 'f6', secret: 'ghs_six' }])
  const names = text
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => line.split('=')[0])
  expect(names).toContain('ORDER_DESK_CLIENT_SECRET')
  expect(names).toContain('ORDER_DESK_C3_CLIENT_SECRET')
  expect(names).toContain('APP_E5_CLIENT_ID')
  expect(names).toContain('APP_7_UMLAUT_LTD_CLIENT_ID')
  expect(new Set(names).size).toBe(12)
  for (const name of names) expect(name).toMatch(/^[A-Z_][A-Z0-9_]*$/)
})
