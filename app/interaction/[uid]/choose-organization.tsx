import { ChevronRight } from 'lucide-react'
import { FormToken } from '#components/forms/form-token'
import { PeopleShell } from '#components/shell/people-shell'
import { OrganizationTile } from '#components/ui/app-tile'
import { Notice } from '#components/ui/notice'
import { newFormToken } from '#lib/base/form-token'
import { AppPicture } from '../../app-picture.tsx'
import { DemoBanner } from '../../demo-banner.tsx'
import { type Asked, actOf } from './asked.ts'
import { PersonFoot } from './back-to-app.tsx'

/** Somebody with a place in several organizations says for which one the app is to act, before anything else is asked. */
export function ChooseOrganization({ view, sessionId, notice }: Asked<'choose-organization'>) {
  const { uid, app, person, organizations } = view
  return (
    <PeopleShell
      banner={<DemoBanner />}
      foot={<PersonFoot view={view} person={person} sessionId={sessionId} />}
    >
      <div className="mb-3">
        <AppPicture id={app.id} name={app.name} size="huge" />
      </div>
      <h1 className="mb-1 text-title text-balance">Where should {app.name} act for you?</h1>
      <p className="mb-4 text-ink-2">
        It reaches only the organization you choose. We remember it for this app.
      </p>
      {notice && (
        <div className="mb-4">
          <Notice tone="bad" isAlert>
            {notice.sentence}
          </Notice>
        </div>
      )}
      <form
        method="post"
        action={`/interaction/${uid}/organization`}
        className="divide-y divide-line overflow-clip rounded-box border border-line"
      >
        <FormToken token={newFormToken(actOf(uid, 'organization'), sessionId)} />
        {organizations.map((organization) => (
          <button
            key={organization.id}
            type="submit"
            name="organizationId"
            value={organization.id}
            className="flex min-h-12 w-full items-center gap-3 px-3 text-left text-people font-medium hover:bg-hover focus-visible:-outline-offset-2"
          >
            <OrganizationTile name={organization.name} />
            <span className="min-w-0 flex-1 truncate">{organization.name}</span>
            <ChevronRight className="text-muted" aria-hidden />
          </button>
        ))}
      </form>
    </PeopleShell>
  )
}
