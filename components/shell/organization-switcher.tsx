'use client'

import { ChevronsUpDown, Network } from 'lucide-react'
import { OrganizationTile } from '#components/ui/app-tile'
import { Menu } from '#components/ui/menu'
import { VisuallyHidden } from '#components/ui/visually-hidden'
import { shellWords } from './words.ts'

export type OrganizationChoice = {
  id: string
  name: string
  href: string
  /** 0 for a root organization, 1 and more for its business groups. */
  depth?: number
  current?: boolean
}

/** Where the person is, and where else they may go: root organizations and their business groups. */
export function OrganizationSwitcher({
  name,
  detail,
  choices,
}: {
  name: string
  detail: string
  choices: OrganizationChoice[]
}) {
  if (choices.length < 2)
    return (
      <div className="flex items-center gap-2.5 px-2 py-1.5">
        <Here name={name} detail={detail} />
      </div>
    )
  return (
    <Menu
      label={shellWords.organizations}
      align="start"
      className="max-h-[min(28rem,var(--available-height))] w-60 overflow-y-auto"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-control px-2 py-1.5 text-left hover:bg-subtle data-popup-open:bg-subtle"
        >
          <Here name={name} detail={detail} />
          <VisuallyHidden>{shellWords.switchOrganization}</VisuallyHidden>
          <ChevronsUpDown className="size-3.5 text-ink-2" aria-hidden />
        </button>
      }
      entries={choices.map((choice) => ({
        label: choice.name,
        href: choice.href,
        current: choice.current,
        icon: choice.depth ? (
          <span className="flex justify-end" style={{ width: `${choice.depth + 0.5}rem` }}>
            <Network className="size-3.5 text-muted" aria-hidden />
          </span>
        ) : (
          <OrganizationTile name={choice.name} size="small" />
        ),
      }))}
    />
  )
}

function Here({ name, detail }: { name: string; detail: string }) {
  return (
    <>
      <OrganizationTile name={name} />
      <span className="min-w-0 flex-1 leading-[18px]">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-meta text-muted">{detail}</span>
      </span>
    </>
  )
}
