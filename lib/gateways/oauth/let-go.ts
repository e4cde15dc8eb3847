import type Koa from 'koa'

/**
 * Takes a request's context apart once its answer is sent. The provider defines an accessor on each context; the engine
 * keeps accessors where only full collections look, so that everything reachable from one (the request, its answer, what was
 * looked up) was moved there too: a tenth of what a token request costs. Nothing uses a context after that: Koa's own
 * listener was there before this one.
 */
export function letGoOnceSent(ctx: Koa.Context): void {
  ctx.res.once('finish', () => {
    if ('oidc' in ctx) empty(ctx.oidc as object)
    empty(ctx)
  })
}

function empty(thing: object): void {
  for (const key of Object.keys(thing)) Reflect.set(thing, key, undefined)
}
