import { CircleUserRound, LayoutGrid } from 'lucide-react'
import type { NavSection } from '#components/shell/nav-list'
import type { MenuEntry } from '#components/ui/menu'

/** A person's own pages, wherever they are: in the navigation … */
export const YOU: NavSection = {
  label: 'You',
  items: [
    { label: 'My apps', href: '/my-apps', icon: <LayoutGrid aria-hidden /> },
    { label: 'Account', href: '/account', icon: <CircleUserRound aria-hidden /> },
  ],
}

/** … and in the account menu. */
export const OWN_PAGES: MenuEntry[] = [
  { label: 'Your account', href: '/account', icon: <CircleUserRound aria-hidden /> },
]
