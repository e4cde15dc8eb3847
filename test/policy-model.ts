import type { Id } from '#lib/base/ids'
import { scopeSet, scopesBeyond } from '#lib/base/scope-set'
import { type AuthorizationFacts, decideAuthorization, type Verdict } from '#lib/domain/authorizations/rules'
import { FROM_ANYWHERE, type NetworkLimit } from '#lib/domain/installations/network-limit'

/*
 * What one root organization decided about apps, kept in plain objects and asked nothing of the product: the facts of every
 * verdict as a history of acts leaves them. Only `decideAuthorization`, which says what is right, is the product's.
 */
/** Where everybody in a test comes from. */
export const CAME_FROM = '127.0.0.1'

export type ModelPerson = { isMember: boolean; isActive: boolean; isInGroup: boolean }
export type ModelApp = {
  rootOrganizationId: Id<'organization'>
  audience: 'internal' | 'everyone'
  scopes: string[]
  isDisabled: boolean
  isBlocked: boolean
  isFrozen: boolean
  networks: NetworkLimit
  entry: ModelEntry | null
}
type ModelEntry = {
  id: Id<'entry'>
  scopes: string[]
  isForGroup: boolean
  /** When its end was said; null: it has none. */
  endSaidAt: number | null
}
/** A person's yes, while it stands or after. */
export type ModelYes = {
  id: Id<'authorization'>
  person: ModelPerson
  app: ModelApp
  scopes: string[]
  entry: ModelEntry | null
  saidAt: number
  isOver: boolean
}

export class PolicyModel {
  readonly #rootOrganizationId: Id<'organization'>
  #mode: AuthorizationFacts['policy']['mode'] = 'unrestricted'
  #internalAutoApproval = true
  #grantsApprovedOnly = false
  readonly #yeses: ModelYes[] = []
  /** Counts what happens: the clock of this model. */
  #clock = 0
  readonly apps: ModelApp[]
  readonly people: ModelPerson[]

  constructor(rootOrganizationId: Id<'organization'>, apps: ModelApp[], people: ModelPerson[]) {
    this.#rootOrganizationId = rootOrganizationId
    this.apps = apps
    this.people = people
  }

  verdict(person: ModelPerson, app: ModelApp, asked: readonly string[]): Verdict {
    return decideAuthorization(this.#facts(person, app, asked))
  }

  /** Whether what hangs on a yes is good at this moment: the verdict on what was said, whatever the app may ask for by now, and from wherever. */
  isGood(yes: ModelYes, asked: readonly string[]): boolean {
    const facts = this.#facts(yes.person, yes.app, asked)
    const said = { ...facts, networks: FROM_ANYWHERE, app: { ...facts.app, scopes: asked } }
    const verdict = decideAuthorization(said)
    return verdict.kind === 'allow' && verdict.authorizationId === yes.id
  }

  standing(person: ModelPerson, app: ModelApp): ModelYes | undefined {
    return this.#yeses.find((yes) => yes.person === person && yes.app === app && !yes.isOver)
  }

  /** A yes that the verdict allows; `id` is that of a new one. */
  sayYes(person: ModelPerson, app: ModelApp, asked: readonly string[], id: Id<'authorization'>): void {
    this.#clock += 1
    const entry = this.#needsEntry(app) ? this.#entryFor(person, app) : null
    const before = this.standing(person, app)
    if (!before) {
      const yes = { id, person, app, scopes: scopeSet(asked), entry, saidAt: this.#clock, isOver: false }
      this.#yeses.push(yes)
      return
    }
    before.scopes = scopeSet(before.scopes, asked)
    before.entry = entry ?? before.entry
  }

  unrestrict(): void {
    this.#mode = 'unrestricted'
  }

  close(): void {
    this.#mode = 'closed'
  }

  /** What runs is listed with what was granted, beside what was listed. */
  restrict(newEntryId: () => Id<'entry'>): void {
    if (this.#mode === 'restricted') return
    this.#mode = 'restricted'
    for (const app of this.apps) {
      const granted = this.#yeses.filter((yes) => yes.app === app && !yes.isOver).flatMap((yes) => yes.scopes)
      if (!app.isBlocked && granted.length > 0) this.#grow(app, granted, newEntryId())
    }
  }

  approveInternal(isOn: boolean): void {
    if (this.#mode === 'restricted') this.#internalAutoApproval = isOn
  }

  /** Whether what is approved of what is asked is given without the rest. */
  grantApprovedOnly(isOn: boolean): void {
    this.#grantsApprovedOnly = isOn
  }

  list(
    app: ModelApp,
    scopes: string[],
    limits: { isForGroup: boolean; hasEnd: boolean },
    id: Id<'entry'>,
  ): void {
    if (!app.entry) {
      this.#clock += 1
      const endSaidAt = limits.hasEnd ? this.#clock : null
      app.entry = { id, scopes: [], isForGroup: limits.isForGroup, endSaidAt }
    }
    this.#grow(app, scopes, id)
  }

  trim(app: ModelApp, scopes: string[]): void {
    if (app.entry) app.entry.scopes = scopesBeyond(app.entry.scopes, scopes)
  }

  /** By hand: what runs goes on. */
  unlist(app: ModelApp): void {
    app.entry = null
  }

  /** The end of the app's entry has come, and with it what hung on it. */
  reachEnd(app: ModelApp): void {
    const { entry } = app
    if (!entry || entry.endSaidAt === null) return
    const { endSaidAt } = entry
    app.entry = null
    this.#end((yes) => yes.app === app && (yes.entry === entry || yes.saidAt <= endSaidAt))
  }

  endYes(person: ModelPerson, app: ModelApp): void {
    this.#end((yes) => yes.person === person && yes.app === app)
  }

  removeForEveryone(app: ModelApp): void {
    this.#end((yes) => yes.app === app)
  }

  block(app: ModelApp): void {
    if (app.isBlocked) return
    app.isBlocked = true
    app.isFrozen = false
    this.removeForEveryone(app)
  }

  leave(person: ModelPerson): void {
    person.isMember = false
    person.isInGroup = false
    this.#end((yes) => yes.person === person)
  }

  #end(which: (yes: ModelYes) => boolean): void {
    for (const yes of this.#yeses) if (which(yes)) yes.isOver = true
  }

  #grow(app: ModelApp, scopes: readonly string[], id: Id<'entry'>): void {
    app.entry ??= { id, scopes: [], isForGroup: false, endSaidAt: null }
    app.entry.scopes = scopeSet(app.entry.scopes, scopes)
  }

  #entryFor(person: ModelPerson, { entry }: ModelApp): ModelEntry | null {
    return entry && (!entry.isForGroup || person.isInGroup) ? entry : null
  }

  #needsEntry(app: ModelApp): boolean {
    const isInternal = app.rootOrganizationId === this.#rootOrganizationId
    return this.#mode === 'restricted' && !(isInternal && this.#internalAutoApproval)
  }

  #facts(person: ModelPerson, app: ModelApp, asked: readonly string[]): AuthorizationFacts {
    const entry = this.#entryFor(person, app)
    const yes = this.standing(person, app)
    return {
      rootOrganizationId: this.#rootOrganizationId,
      asked: scopeSet(asked),
      app: {
        isAvailable: !app.isDisabled,
        rootOrganizationId: app.rootOrganizationId,
        audience: app.audience,
        scopes: app.scopes,
      },
      isActiveMember: person.isMember && person.isActive,
      isBlocked: app.isBlocked,
      isFrozen: app.isFrozen,
      networks: app.networks,
      address: CAME_FROM,
      policy: {
        mode: this.#mode,
        internalAutoApproval: this.#internalAutoApproval,
        grantsApprovedOnly: this.#grantsApprovedOnly,
      },
      entry: entry && { entryId: entry.id, scopes: entry.scopes },
      live: yes ? { authorizationId: yes.id, scopes: yes.scopes } : null,
    }
  }
}
