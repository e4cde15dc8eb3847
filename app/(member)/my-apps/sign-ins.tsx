import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { deviceWords } from '#lib/base/device-words'
import { newFormToken } from '#lib/base/form-token'
import type { MyAuthorization } from '#lib/domain/authorizations/list-my-authorizations'
import { familyRemovalAct } from './[authorizationId]/removal-act.ts'

type Props = { authorization: MyAuthorization; sessionId: string | null }

/** Where an app was signed in from, the newest first, each to be ended by itself: a lost phone, say. Plain forms. */
export function SignIns({ authorization, sessionId }: Props) {
  const { app, authorizationId, families, moreFamilies } = authorization
  if (families.length === 0) return null
  return (
    <section aria-label={`Where ${app.name} is signed in`}>
      <h3 className="text-meta font-medium text-ink-2">Signed in from</h3>
      <ul className="divide-y divide-line">
        {families.map((family) => (
          <li key={family.familyId} className="flex items-center gap-3 py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate">
                {deviceWords(family.userAgent) ?? family.ip ?? 'Unknown'}
              </span>
              <span className="block text-meta text-muted">
                Since <DateTime at={family.startedAt} /> · used{' '}
                <RelativeTime at={family.lastUsedAt} never="never" className="lowercase" />
              </span>
            </span>
            <form
              method="post"
              action={`/my-apps/${authorizationId}/token-families/${family.familyId}/removal`}
            >
              <FormToken token={newFormToken(familyRemovalAct(family.familyId), sessionId)} />
              <PlainSubmit
                variant="quiet"
                className="max-sm:h-11"
                aria-label={`End this sign-in of ${app.name}`}
              >
                End
              </PlainSubmit>
            </form>
          </li>
        ))}
      </ul>
      {moreFamilies && <p className="text-meta text-muted">The newest {families.length} are shown.</p>}
    </section>
  )
}
