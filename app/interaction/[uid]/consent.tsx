import { ArrowLeftRight, BadgeCheck, CircleCheck } from 'lucide-react'
import { ScopeLines } from '#components/connected-apps/scope-lines'
import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { AccountBox } from '#components/shell/account-box'
import { EqualButtons, PeopleShell } from '#components/shell/people-shell'
import { OrganizationTile } from '#components/ui/app-tile'
import { Disclosure } from '#components/ui/disclosure'
import { Notice } from '#components/ui/notice'
import { TextLink } from '#components/ui/text-link'
import { newFormToken } from '#lib/base/form-token'
import { AppPicture } from '../../app-picture.tsx'
import { DemoBanner } from '../../demo-banner.tsx'
import { type Asked, actOf } from './asked.ts'
import { Withheld } from './withheld.tsx'

/** Who asks, as whom, for what, and where it leads. Cancel is as large as Authorize. */
export function Consent({ view, sessionId, notice }: Asked<'consent'>) {
  const { uid, app, organization, person, returnsTo } = view
  const isMore = view.granted.length > 0 && view.scopes.length > 0
  const path = `/interaction/${uid}`
  return (
    <PeopleShell
      banner={<DemoBanner />}
      foot={
        <>
          <form method="post" action={`${path}/authorization`}>
            <FormToken token={newFormToken(actOf(uid, 'answer'), sessionId)} />
            <input type="hidden" name="organizationId" value={organization.id} />
            {view.asked.map((scope) => (
              <input key={scope} type="hidden" name="scope" value={scope} />
            ))}
            <EqualButtons>
              <PlainSubmit size="large" formAction={`${path}/refusal`}>
                Cancel
              </PlainSubmit>
              <PlainSubmit variant="primary" size="large">
                Authorize
              </PlainSubmit>
            </EqualButtons>
          </form>
          <p className="mt-3 text-center text-meta text-muted">
            {returnsTo && (
              <>
                Either way you go back to <strong className="font-medium text-ink-2">{returnsTo}</strong>.
                <br />
              </>
            )}
            You can take this back any time in{' '}
            <TextLink href="/my-apps" underlined>
              My apps
            </TextLink>
            .
          </p>
        </>
      }
    >
      <div className="mb-3 flex items-center gap-3">
        <AppPicture id={app.id} name={app.name} size="huge" />
        <ArrowLeftRight className="text-muted" aria-hidden />
        <OrganizationTile name={organization.name} size="huge" />
      </div>
      <h1 className="text-title">
        Let {app.name} {isMore ? 'do more' : 'act'} for you{' '}
        <span className="inline-block">at {organization.name}?</span>
      </h1>
      <p className="text-muted">
        By {app.publisher}
        {app.website && (
          <>
            {' · '}
            <span className="text-ink-2">{hostOf(app.website)}</span>
          </>
        )}
      </p>
      {view.isListed && (
        <p className="mt-0.5 flex items-center gap-1.5 text-ink-2">
          <BadgeCheck className="size-3.5 text-ok" aria-hidden />
          Approved by the administrators of {organization.name}
        </p>
      )}
      <div className="mt-4 flex flex-col gap-4">
        {notice && (
          <Notice tone="bad" isAlert>
            {notice.sentence}
          </Notice>
        )}
        <AccountBox
          name={person.name}
          email={person.email}
          act={<TextLink href={`${path}?account=another`}>Switch account</TextLink>}
        />
        {view.hasOtherOrganizations && (
          <p className="text-meta text-muted">
            It acts at {organization.name} alone.{' '}
            <TextLink href={`${path}?organization=choose`}>Choose another organization</TextLink>
          </p>
        )}
        {view.scopes.length > 0 && (
          <section>
            <h2 className="mb-1 text-section">
              {isMore ? 'New: it will also be able to' : 'It will be able to'}
            </h2>
            <ScopeLines scopes={view.scopes} />
          </section>
        )}
        {view.granted.length > 0 && (
          <section>
            <Disclosure
              open={!isMore}
              summary={
                <span className="flex items-center gap-1.5 text-ink-2">
                  <CircleCheck className="size-3.5 text-ok" aria-hidden />
                  You allowed {view.granted.length === 1 ? 'one thing' : `${view.granted.length} things`}{' '}
                  before
                </span>
              }
            >
              <ScopeLines scopes={view.granted} />
            </Disclosure>
          </section>
        )}
        {view.withheld.length > 0 && <Withheld view={view} sessionId={sessionId} notice={notice} />}
      </div>
    </PeopleShell>
  )
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
