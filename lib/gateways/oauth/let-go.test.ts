import { EventEmitter } from 'node:events'
import type Koa from 'koa'
import { expect, it } from 'vitest'
import { letGoOnceSent } from './let-go.ts'

it('keeps a context whole until its answer is sent, and nothing of it afterwards', () => {
  const res = new EventEmitter()
  const oidc = { entities: { Client: {} }, params: { token: 'value' } }
  const ctx = Object.defineProperty({ req: {}, res, body: {} }, 'oidc', { get: () => oidc })
  letGoOnceSent(ctx as unknown as Koa.Context)
  expect(ctx).toMatchObject({ req: {}, body: {} })
  expect(oidc.params).toEqual({ token: 'value' })
  res.emit('finish')
  expect(ctx).toEqual({ req: undefined, res: undefined, body: undefined })
  expect(oidc).toEqual({ entities: undefined, params: undefined })
})

it('does the same where the provider had no part', () => {
  const res = new EventEmitter()
  const ctx = { res, body: {} }
  letGoOnceSent(ctx as unknown as Koa.Context)
  res.emit('finish')
  expect(ctx.body).toBeUndefined()
})
