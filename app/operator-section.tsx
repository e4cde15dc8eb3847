import { Building2, ShieldUser } from 'lucide-react'
import type { NavSection } from '#components/shell/nav-list'

/** What an operator finds in every navigation: the deployment, seen from outside. */
export const OPERATOR_SECTION: NavSection = {
  label: 'Deployment',
  items: [
    { label: 'Organizations', href: '/operator/organizations', icon: <Building2 aria-hidden /> },
    { label: 'Operators', href: '/operator/operators', icon: <ShieldUser aria-hidden /> },
  ],
}
