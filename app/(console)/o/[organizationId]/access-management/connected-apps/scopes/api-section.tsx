import { counted } from '#components/connected-apps/app-words'
import { Chip } from '#components/ui/chip'
import { CopyButton } from '#components/ui/copy-button'
import { TextLink } from '#components/ui/text-link'
import type { DocumentedApi } from '#lib/domain/connected-apps/list-apis'
import type { Server } from '#lib/domain/connected-apps/list-servers'
import { ApiActs } from './acts.tsx'
import { jwtText, lifetimeText } from './api-words.ts'
import { ScopeEntry } from './scope-entry.tsx'

type Props = {
  api: DocumentedApi
  publicUrl: string
  /** Where Owned Apps are: each scope leads to the apps that have it. */
  ownApps: string
  servers: readonly Server[]
  /** The one scope that was looked for stands open. */
  isOpen: boolean
}

/** One API: what it is for, what tokens call it, and its scopes. */
export function ApiSection({ api, publicUrl, ownApps, servers, isOpen }: Props) {
  const may = (act: 'apis.create' | 'apis.update' | 'apis.end') => api.abilities.includes(act)
  return (
    <section aria-labelledby={`${api.id}-name`} className="flex flex-col gap-3">
      <div id={api.id} className="flex scroll-mt-20 flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={`${api.id}-name`} className="text-section">
          {api.name}
        </h2>
        {api.isBuiltIn && <Chip outline>Built in</Chip>}
        {api.tokenFormat === 'jwt' && <Chip outline>JWT, {lifetimeText(api.jwtLifetimeSeconds)}</Chip>}
        {api.openTo === 'everyone' && <Chip outline>Open to everyone’s apps</Chip>}
        {may('apis.create') && (
          <div className="ml-auto flex items-center gap-1">
            <ApiActs api={api} servers={servers} mayUpdate={may('apis.update')} mayEnd={may('apis.end')} />
          </div>
        )}
      </div>
      {api.description && <p className="max-w-2xl text-ink-2">{api.description}</p>}
      <p className="flex flex-wrap items-center gap-x-5 gap-y-1 text-ink-2">
        <span className="flex min-w-0 items-center gap-1">
          Audience
          <code className="ml-1 min-w-0 font-mono text-meta wrap-anywhere text-ink">{api.audience}</code>
          <CopyButton iconOnly text={api.audience} label={`Copy the audience of ${api.name}`} />
        </span>
        {!api.isBuiltIn && <Answering api={api} ownApps={ownApps} />}
      </p>
      {api.tokenFormat === 'jwt' && <p className="max-w-2xl text-ink-2">{jwtText(api)}</p>}
      {api.scopes.length === 0 ? (
        <p className="rounded-box border border-line bg-surface px-3 py-6 text-center text-muted">
          No scopes yet. Without one, no app can ask for anything here.
        </p>
      ) : (
        <ul
          aria-label={`Scopes of ${api.name}`}
          className="divide-y divide-line rounded-box border border-line bg-surface"
        >
          {api.scopes.map((scope) => (
            <ScopeEntry
              key={scope.name}
              scope={scope}
              api={api}
              publicUrl={publicUrl}
              usedBy={
                scope.apps === 0 ? (
                  'No app has it.'
                ) : (
                  <TextLink href={`${ownApps}?${new URLSearchParams({ scope: scope.name })}`}>
                    {counted(scope.apps, 'app')}
                  </TextLink>
                )
              }
              isOpen={isOpen}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

function Answering({ api, ownApps }: { api: DocumentedApi; ownApps: string }) {
  const { resourceServer } = api
  if (!resourceServer) return <span>No app answers for it yet: nobody may introspect its tokens.</span>
  return (
    <span>
      Answered by <TextLink href={`${ownApps}/${resourceServer.id}`}>{resourceServer.name}</TextLink>
    </span>
  )
}
