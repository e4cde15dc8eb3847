import { expect, it } from 'vitest'
import { newId } from '#lib/base/ids'
import { makeOrganization } from '#test/factories'
import { ask, makeRobot, withOwnApi } from '#test/own-api'

withOwnApi()

it('an API and its scopes are defined, changed over their versions, and ended by a script', async () => {
  const root = await makeOrganization()
  const { token } = await makeRobot(root, ['apis:read', 'apis:write'])
  const prefix = `p${newId('api').slice(-12)}`
  const given = { name: 'Orders', audience: `https://${prefix}.example.com`, scopePrefix: prefix }
  const made = await ask('POST', `/organizations/${root.id}/apis`, { token, body: given })
  expect(made.status).toBe(201)
  const path = `/apis/${made.body.apiId}`
  const words = { title: 'Read orders', description: 'Orders and their lines.', risk: 'low' }
  const name = `${prefix}:read`
  expect((await ask('POST', `${path}/scopes`, { token, body: { name, ...words } })).status).toBe(201)

  const headers = { 'If-Match': '"1"' }
  const rename = (body: object) => ask('PATCH', path, { token, headers, body })
  expect(await rename({ name: 'Sales' })).toMatchObject({ status: 200, body: { version: 2 } })
  expect((await rename({ name: 'Late' })).status).toBe(412)
  expect((await ask('PATCH', path, { token, body: { name: 'Blind' } })).status).toBe(428)
  const reword = () => ask('PATCH', `${path}/scopes`, { token, headers, body: { name, title: 'See orders' } })
  expect(await reword()).toMatchObject({ status: 200, body: { version: 2 } })
  expect(await ask('GET', path, { token })).toMatchObject({
    status: 200,
    body: { name: 'Sales', version: 2, scopes: [{ name, title: 'See orders', version: 2 }] },
  })

  const effect = await ask('GET', `${path}/end-effect?scope=${name}`, { token })
  expect(effect.body).toMatchObject({ scopes: [name], appsCount: 0, authorizations: 0 })
  expect((await ask('DELETE', `${path}/scopes?name=${name}`, { token })).status).toBe(204)
  expect((await ask('DELETE', `${path}?name=Orders`, { token })).status).toBe(400)
  expect((await ask('DELETE', `${path}?name=Sales`, { token })).status).toBe(204)
  expect((await ask('GET', path, { token })).status).toBe(404)
})
