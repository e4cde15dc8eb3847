import { ScopeLines } from '#components/connected-apps/scope-lines'
import { Disclosure } from '#components/ui/disclosure'
import { AskApproval } from './ask-approval.tsx'
import type { Asked } from './asked.ts'

/** What the app asks for and does not get, because nobody has approved it; and how to ask for that. */
export function Withheld({ view, sessionId, notice }: Asked<'consent'>) {
  const { uid, app, organization, withheld, request, noRequest } = view
  return (
    <section>
      <h2 className="mb-1 text-section">Left out</h2>
      <p className="mb-2 text-ink-2">
        {app.name} also asks for {withheld.length === 1 ? 'this' : 'these'}. Nobody at {organization.name} has
        approved {withheld.length === 1 ? 'it' : 'them'}, so the app goes without.
      </p>
      <ScopeLines scopes={withheld} brief />
      {noRequest && <p className="mt-2 text-muted">{noRequest}</p>}
      {request && (
        <div className="mt-3">
          <Disclosure
            open={Boolean(request.own || notice?.fields.reason)}
            summary={
              <span className="text-ink-2">
                {request.own ? 'You asked for it' : 'Ask your administrators for it'}
              </span>
            }
          >
            <div className="mt-3 flex flex-col gap-3">
              <AskApproval uid={uid} app={app} request={request} sessionId={sessionId} notice={notice} />
            </div>
          </Disclosure>
        </div>
      )}
    </section>
  )
}
