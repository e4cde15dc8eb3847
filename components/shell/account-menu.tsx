'use client'

import { Ellipsis, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useId } from 'react'
import { Avatar } from '#components/ui/avatar'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { VisuallyHidden } from '#components/ui/visually-hidden'
import { THEMES } from './preferences.ts'
import { useTheme } from './use-theme.ts'
import { shellWords } from './words.ts'

export type Account = {
  name: string
  /** Below the name: the role here. */
  role: string
  email?: string
  /** Own pages, such as “Profile” or “Security”. */
  entries?: MenuEntry[]
  /** A plain form POST: where to, and what goes with it (the form token). */
  signOut: { action: string; fields?: Record<string, string> }
}

/** Who is signed in: own pages, theme, sign out. */
export function AccountMenu({
  account,
  compact,
}: {
  account: Account /** Only the initials, in a phone's bar. */
  compact?: boolean
}) {
  const formId = useId()
  const [theme, setTheme] = useTheme()
  const entries: MenuEntry[] = [
    ...(account.entries ?? []),
    ...(account.entries?.length ? (['separator'] as const) : []),
    ...THEMES.map((value) => ({
      label: shellWords.themes[value],
      icon: THEME_ICON[value],
      current: theme === value,
      onSelect: () => setTheme(value),
    })),
    'separator',
    { label: shellWords.signOut, icon: <LogOut aria-hidden />, form: formId },
  ]
  return (
    <>
      <Menu
        label={shellWords.account(account.name)}
        entries={entries}
        side={compact ? 'bottom' : 'top'}
        align={compact ? 'end' : 'start'}
        className="w-52"
        head={
          <div className="mb-1 border-b border-line px-2 pt-1 pb-2">
            <p className="truncate font-medium">{account.name}</p>
            <p className="truncate text-meta text-muted">{account.email ?? account.role}</p>
          </div>
        }
        trigger={compact ? <CompactTrigger name={account.name} /> : <WideTrigger account={account} />}
      />
      <form id={formId} method="post" action={account.signOut.action} hidden>
        {Object.entries(account.signOut.fields ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      </form>
    </>
  )
}

const THEME_ICON = {
  system: <Monitor aria-hidden />,
  light: <Sun aria-hidden />,
  dark: <Moon aria-hidden />,
} as const

function WideTrigger({ account, ...rest }: { account: Account } & React.ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      className="flex w-full items-center gap-2.5 rounded-control px-2 py-1.5 text-left hover:bg-subtle data-popup-open:bg-subtle"
    >
      <Avatar name={account.name} size="medium" />
      <span className="min-w-0 flex-1 leading-[18px]">
        <span className="block truncate font-medium">{account.name}</span>
        <span className="block truncate text-meta text-muted">{account.role}</span>
      </span>
      <Ellipsis className="text-ink-2" aria-hidden />
    </button>
  )
}

function CompactTrigger({ name, ...rest }: { name: string } & React.ComponentProps<'button'>) {
  return (
    <button type="button" {...rest} className="flex size-11 items-center justify-center rounded-full">
      <Avatar name={name} size="medium" />
      <VisuallyHidden>{shellWords.account(name)}</VisuallyHidden>
    </button>
  )
}
