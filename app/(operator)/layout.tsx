import { Blocks } from 'lucide-react'
import { forbidden } from 'next/navigation'
import type { ReactNode } from 'react'
import { ConsoleShell } from '#components/shell/console-shell'
import type { NavSection } from '#components/shell/nav-list'
import { FORM_TOKEN_FIELD, newFormToken } from '#lib/base/form-token'
import { listOrganizationsOf } from '#lib/domain/organizations/list-organizations-of'
import { currentSession, requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { ownedAppsPath } from '../(console)/o/[organizationId]/paths.ts'
import { QueryProvider } from '../(console)/query-provider.tsx'
import { DemoBanner } from '../demo-banner.tsx'
import { MailTrouble } from '../mail-trouble.tsx'
import { OPERATOR_SECTION } from '../operator-section.tsx'
import { OWN_PAGES, YOU } from '../you.tsx'

/** The frame of the operator's pages. To anybody else it says no before anything is drawn; the pages ask for themselves. */
export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor('/operator/organizations')
  const [organizations, session] = await Promise.all([shown(listOrganizationsOf(actor)), currentSession()])
  if (!session?.isOperator) forbidden()
  const governed = organizations.filter(({ role }) => role === 'administrator' || role === 'developer')
  const place = governed.find(({ isRoot }) => isRoot) ?? governed[0]
  const access: NavSection = {
    label: 'Access Management',
    items: place
      ? [{ label: 'Connected Apps', href: ownedAppsPath(place.id), icon: <Blocks aria-hidden /> }]
      : [],
  }
  return (
    <QueryProvider>
      <ConsoleShell
        organization={{ name: 'Gatehouse', detail: 'This deployment' }}
        organizations={governed.map(({ id, name }) => ({ id, name, href: ownedAppsPath(id) }))}
        sections={[OPERATOR_SECTION, ...(place ? [access] : []), YOU]}
        account={{
          name: actor.name,
          role: 'Operator',
          email: session.email,
          entries: OWN_PAGES,
          signOut: {
            action: '/sign-out/session',
            fields: { [FORM_TOKEN_FIELD]: newFormToken('sign-out', actor.sessionId ?? null) },
          },
        }}
        banner={
          <>
            <DemoBanner />
            <MailTrouble />
          </>
        }
      >
        {children}
      </ConsoleShell>
    </QueryProvider>
  )
}
