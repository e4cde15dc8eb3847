'use client'

import { MenuIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { OrganizationTile } from '#components/ui/app-tile'
import { IconButton } from '#components/ui/icon-button'
import { onDemand, useOnDemand } from '../ui/on-demand.ts'
import { type Account, AccountMenu } from './account-menu.tsx'
import { shellWords } from './words.ts'

const sidePanel = onDemand(() => import('../ui/side-panel.tsx').then((file) => file.SidePanel))

/** The bar on a phone: the menu, where the person is, who they are. */
export function PhoneBar({
  name,
  account,
  menu,
  search,
}: {
  name: string
  account: Account /** What the sidebar holds elsewhere. */
  menu: ReactNode
  search?: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const SidePanel = useOnDemand(sidePanel)
  return (
    <header
      data-shell
      className="sticky top-0 z-10 flex h-13 items-center gap-2 border-b border-line bg-canvas px-2 lg:hidden"
    >
      <IconButton
        label={shellWords.openMenu}
        icon={<MenuIcon className="size-5" aria-hidden />}
        size="large"
        tooltip={false}
        onClick={() => {
          sidePanel.preload()
          setOpen(true)
        }}
        aria-expanded={open}
      />
      <OrganizationTile name={name} size="small" />
      <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
      {search}
      <AccountMenu account={account} compact />
      {SidePanel && (
        <SidePanel
          open={open}
          onOpenChange={setOpen}
          label={shellWords.menu}
          closeLabel={shellWords.closeMenu}
        >
          {menu}
        </SidePanel>
      )}
    </header>
  )
}
