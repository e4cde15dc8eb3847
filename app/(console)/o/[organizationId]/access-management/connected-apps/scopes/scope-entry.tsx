import { ChevronDown, Link2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { CopyButton } from '#components/ui/copy-button'
import { Facts } from '#components/ui/facts'
import { RiskBars } from '#components/ui/risk-bars'
import type { DocumentedApi, DocumentedScope } from '#lib/domain/connected-apps/list-apis'
import { SIGN_IN_SCOPES } from '#lib/domain/connected-apps/scopes'
import { PERMISSIONS } from '#lib/domain/permissions/catalogue'
import { ScopeActs } from './acts.tsx'
import { examplesOf } from './examples.ts'

type Props = {
  scope: DocumentedScope
  api: DocumentedApi
  publicUrl: string
  usedBy: ReactNode
  isOpen: boolean
}

/** One scope: a line that unfolds, also when somebody follows a link to it (`#orders:read`). */
export function ScopeEntry({ scope, api, publicUrl, usedBy, isOpen }: Props) {
  const permits = api.isBuiltIn ? permittedBy(scope.name) : []
  const isAboutPeople = SIGN_IN_SCOPES.some(({ name }) => name === scope.name)
  const examples = examplesOf({ publicUrl, scope: scope.name, isAboutPeople, ...api })
  return (
    <li>
      {/* A link to this scope opens it before script has come. */}
      <details open={isOpen} className="group" suppressHydrationWarning>
        <summary className="flex min-h-11 list-none items-center gap-3 px-3 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
          <span className="min-w-0 flex-1">
            <span className="font-medium">{scope.title}</span>
            <code className="block font-mono text-meta wrap-anywhere text-muted">{scope.name}</code>
          </span>
          <span className="whitespace-nowrap text-muted max-sm:hidden">
            {scope.apps > 0 && `${scope.apps.toLocaleString('en')} ${scope.apps === 1 ? 'app' : 'apps'}`}
          </span>
          <RiskBars level={scope.risk} />
          <ChevronDown
            className="text-ink-2 transition-transform duration-150 group-open:rotate-180"
            aria-hidden
          />
        </summary>
        <div id={scope.name} className="flex scroll-mt-32 flex-col gap-4 px-3 pt-1 pb-4">
          <p className="max-w-2xl text-ink-2">{scope.description}</p>
          <Facts
            facts={[
              { label: 'Consent says', value: `“${scope.title}”` },
              { label: 'Used by', value: usedBy },
              ...(isAboutPeople ? [] : [{ label: 'By itself', value: needsText(scope) }]),
            ]}
          />
          {permits.length > 0 && (
            <div>
              <h3 className="mb-1 font-medium">What it permits, where the person or the app may do it</h3>
              <ul className="flex max-w-2xl list-disc flex-col gap-0.5 pl-5 text-ink-2 marker:text-muted">
                {permits.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </div>
          )}
          <div className="grid gap-3 lg:grid-cols-2">
            {examples.map(({ title, text }) => (
              <figure key={title} className="min-w-0 overflow-clip rounded-control border border-line">
                <figcaption className="flex h-8 items-center justify-between gap-2 bg-hover pr-1 pl-3 text-meta text-ink-2">
                  How to ask: {title.toLowerCase()}
                  <CopyButton
                    iconOnly
                    text={text}
                    label={`Copy the request for ${scope.name}, ${title.toLowerCase()}`}
                  />
                </figcaption>
                <pre className="px-3 py-2 font-mono text-meta break-all whitespace-pre-wrap">{text}</pre>
              </figure>
            ))}
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <a
              href={`#${scope.name}`}
              className="inline-flex items-center gap-1.5 rounded-small font-medium text-accent-ink no-underline hover:underline"
            >
              <Link2 className="size-3.5" aria-hidden />
              Link to this scope
            </a>
            {api.abilities.includes('apis.update') && (
              <span className="ml-auto flex gap-2">
                <ScopeActs api={api} scope={scope} mayEnd={api.abilities.includes('apis.end')} />
              </span>
            )}
          </div>
        </div>
      </details>
    </li>
  )
}

/** What our own API lets whoever holds a scope do, in the sentences of the permission catalogue. */
function permittedBy(scope: string): string[] {
  return Object.values(PERMISSIONS)
    .filter((row) => row.scope === scope)
    .map((row) => row.sentence)
}

function needsText({ needsOrganization, needsEnvironment }: DocumentedScope): string {
  if (needsEnvironment) return 'Only in the environments chosen for the app.'
  if (needsOrganization) return 'Only in the organizations chosen for the app.'
  return 'Anywhere: it is not limited to organizations.'
}
