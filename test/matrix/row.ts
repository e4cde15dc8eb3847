import type { Actor } from '#lib/domain/permissions/actor'
import type { Caller } from './callers.ts'
import type { Need } from './needs.ts'
import type { World } from './world.ts'

/** A verb or query, how it is called in this world, and what the call needs. */
export type Row = {
  name: string
  /** The function itself. */
  verb: unknown
  /** Told apart from another row of the same verb. */
  how: string
  /** Makes what the verb is called with, and what has to be there first. */
  input: (world: World, actor: Actor) => unknown
  call: (actor: Actor, input: unknown) => Promise<unknown>
  needs: Need
  /** Of a list: whether it shows the thing. */
  shows: ((result: unknown, world: World) => boolean) | undefined
  /** Who can call it at all; absent: everyone. */
  calledBy: ((caller: Caller) => boolean) | undefined
}

type Options<Result, More> = {
  how?: string
  /** What a query takes beside it. */
  more?: More
  shows?: (result: Result, world: World) => boolean
  calledBy?: (caller: Caller) => boolean
}

/**
 * `input` makes what the verb is called with: valid in this world, so that only a permission can say no. What has to be there
 * first it makes, too: all of it is undone after the call.
 */
export function row<A, I, Result, More extends unknown[]>(
  verb: (actor: A, input: I, ...more: More) => Promise<Result>,
  input: (world: World, actor: Actor) => NoInfer<I> | Promise<NoInfer<I>>,
  needs: Need,
  { how = '', more, shows, calledBy }: Options<NoInfer<Result>, NoInfer<More>> = {},
): Row {
  return {
    name: verb.name,
    verb,
    how,
    input,
    call: (actor, given) => verb(actor as A, given as I, ...(more ?? ([] as unknown[] as More))),
    needs,
    shows: shows as Row['shows'],
    calledBy,
  }
}
