import type { ReactNode } from 'react'
import { Toaster } from '#components/ui/toast'
import { type Account, AccountMenu } from './account-menu.tsx'
import { type NavItem, NavList, type NavSection, PhoneTabs } from './nav-list.tsx'
import { OfflineNotice } from './offline-notice.tsx'
import { type OrganizationChoice, OrganizationSwitcher } from './organization-switcher.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { SkipLink } from './skip-link.tsx'
import { shellWords } from './words.ts'

export type ConsoleShellProps = {
  /** Where the person is: name, and a second line such as “All business groups”. */
  organization: { name: string; detail: string }
  /** Where they may go. With fewer than two there is nothing to switch. */
  organizations: OrganizationChoice[]
  /** Only what the person may see. */
  sections: NavSection[]
  account: Account
  /** Up to four places kept at the thumb on a phone. */
  phoneTabs?: NavItem[]
  /** Below the switcher: the search of everything. */
  search?: ReactNode
  /** Above the page: a Banner. */
  banner?: ReactNode
  /** What keeps the page in step with changes made elsewhere. */
  live?: ReactNode
  children: ReactNode
}

/** The frame of the console: sidebar, page, and on a phone a bar with a menu. Draws what it is given and asks nothing. */
export function ConsoleShell({
  organization,
  organizations,
  sections,
  account,
  phoneTabs,
  search,
  banner,
  live,
  children,
}: ConsoleShellProps) {
  const menu = (
    <>
      <OrganizationSwitcher {...organization} choices={organizations} />
      {search}
      <NavList sections={sections} />
    </>
  )
  return (
    <div
      className={
        phoneTabs
          ? 'page-root flex [--side-width:0px] max-lg:[--foot-height:3.75rem] lg:[--side-width:14rem]'
          : 'page-root flex [--side-width:0px] lg:[--side-width:14rem]'
      }
    >
      <SkipLink />
      <aside
        aria-label={shellWords.menu}
        data-shell
        className="sticky top-0 hidden h-dvh w-56 shrink-0 flex-col gap-3 overflow-y-auto border-r border-line bg-side p-3 lg:flex"
      >
        {menu}
        <div className="mt-auto pt-3">
          <AccountMenu account={account} />
        </div>
      </aside>
      <div data-makes-room className="flex min-w-0 flex-1 flex-col pb-(--foot-height,0px)">
        {banner}
        <OfflineNotice />
        <PhoneBar name={organization.name} account={account} menu={menu} />
        <main
          id="main"
          tabIndex={-1}
          className="flex w-full max-w-[90rem] flex-1 flex-col gap-4 px-4 pt-5 pb-12 sm:px-8"
        >
          {children}
        </main>
      </div>
      {phoneTabs && <PhoneTabs items={phoneTabs} />}
      {live}
      <Toaster />
    </div>
  )
}
