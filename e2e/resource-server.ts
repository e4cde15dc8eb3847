import { eq } from 'drizzle-orm'
import * as openid from 'openid-client'
import { database } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import { environment } from '#lib/base/env'
import { newId } from '#lib/base/ids'
import { type MadeOrganization, makeApp } from '#test/factories'

export type ScopeGiven = {
  title: string
  description: string
  risk: 'low' | 'medium' | 'high'
  needsOrganization?: boolean
}

/** An API that somebody protects with our tokens: it asks about each one it is shown, and believes the answer. */
export class ResourceServer {
  /** The names of its scopes, in the order they were given. */
  readonly scopes: readonly string[]
  readonly audience: string
  readonly #config: openid.Configuration

  private constructor(config: openid.Configuration, audience: string, names: readonly string[]) {
    this.#config = config
    this.audience = audience
    this.scopes = names
  }

  /** Makes the API of an organization, its scopes, and the app that may ask about tokens. */
  static async make(
    organization: MadeOrganization,
    name: string,
    given: readonly ScopeGiven[],
  ): Promise<ResourceServer> {
    const word = newId('api').slice(-10)
    const audience = `https://${word}.api.example`
    const app = await makeApp({
      organization,
      name: `${name} ${word}`,
      actsAs: 'itself',
      scopes: [],
    })
    const id = newId('api')
    await database()
      .insert(apis)
      .values({ id, rootOrganizationId: organization.rootOrganizationId, name, audience })
    const rows = given.map((scope, at) => ({
      ...scope,
      name: `${word}:${at === 0 ? 'read' : at === 1 ? 'write' : `scope${at}`}`,
      apiId: id,
    }))
    await database().insert(scopes).values(rows)
    await database().update(apis).set({ resourceServerAppId: app.id }).where(eq(apis.id, id))
    const config = await openid.discovery(
      new URL(environment().publicUrl),
      app.clientId,
      undefined,
      openid.ClientSecretBasic(app.secret),
      { execute: [openid.allowInsecureRequests] },
    )
    return new ResourceServer(
      config,
      audience,
      rows.map((row) => row.name),
    )
  }

  /** What the authorization server says of a token somebody came with. */
  ask(token: string): Promise<openid.IntrospectionResponse> {
    return openid.tokenIntrospection(this.#config, token)
  }
}
