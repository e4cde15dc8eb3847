import { Blocks } from 'lucide-react'
import type { ReactNode } from 'react'
import { ROLE } from '#components/connected-apps/app-words'
import { ConsoleShell } from '#components/shell/console-shell'
import type { NavSection } from '#components/shell/nav-list'
import { FORM_TOKEN_FIELD, newFormToken } from '#lib/base/form-token'
import { listOrganizationsOf } from '#lib/domain/organizations/list-organizations-of'
import { currentSession, requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { ownedAppsPath } from '../(console)/o/[organizationId]/paths.ts'
import { DemoBanner } from '../demo-banner.tsx'
import { MailTrouble } from '../mail-trouble.tsx'
import { OPERATOR_SECTION } from '../operator-section.tsx'
import { OWN_PAGES, YOU } from '../you.tsx'

/** The frame of a person's own pages: theirs wherever they have a place, and without one too. */
export default async function MemberLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor()
  const [organizations, session] = await Promise.all([shown(listOrganizationsOf(actor)), currentSession()])
  const home = organizations.find(({ isRoot }) => isRoot)
  const governed = organizations.filter(({ role }) => role === 'administrator' || role === 'developer')
  const place = governed.find(({ isRoot }) => isRoot) ?? governed[0]
  const access: NavSection = {
    label: 'Access Management',
    items: place
      ? [{ label: 'Connected Apps', href: ownedAppsPath(place.id), icon: <Blocks aria-hidden /> }]
      : [],
  }
  const isOperator = !home && session?.isOperator
  const without = isOperator ? 'Operator' : 'No organization'
  return (
    <ConsoleShell
      organization={{ name: home?.name ?? 'Gatehouse', detail: home ? 'Your own pages' : without }}
      organizations={governed.map(({ id, name }) => ({ id, name, href: ownedAppsPath(id) }))}
      sections={[...(place ? [access] : []), YOU, ...(session?.isOperator ? [OPERATOR_SECTION] : [])]}
      account={{
        name: actor.name,
        role: home?.role ? ROLE[home.role] : without,
        email: session?.email,
        entries: OWN_PAGES,
        signOut: {
          action: '/sign-out/session',
          fields: { [FORM_TOKEN_FIELD]: newFormToken('sign-out', actor.sessionId ?? null) },
        },
      }}
      banner={
        <>
          <DemoBanner />
          {session?.isOperator && <MailTrouble />}
        </>
      }
    >
      {children}
    </ConsoleShell>
  )
}
