'use client'

import dynamic from 'next/dynamic'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { useAct } from '#components/forms/use-act'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { unblock, unfreeze, unfreezeSeveral } from './actions.ts'
import { useFocusAfter } from './use-focus-after.ts'

const RemoveDialog = dynamic(() => import('./remove-dialog.tsx'), { ssr: false })
const RemovePersonDialog = dynamic(() => import('./remove-person-dialog.tsx'), { ssr: false })
const EndFamilyDialog = dynamic(() => import('./end-family-dialog.tsx'), { ssr: false })
const RemoveAllDialog = dynamic(() => import('./remove-all-dialog.tsx'), { ssr: false })
const BlockDialog = dynamic(() => import('./block-dialog.tsx'), { ssr: false })
const FreezeDialog = dynamic(() => import('./freeze-dialog.tsx'), { ssr: false })
const NetworksDialog = dynamic(() => import('../networks-dialog.tsx'), { ssr: false })

export type Organization = { id: Id<'organization'>; name: string }
/** An app as the acts need it; people up to 10,000, one more stands for more. */
export type ActedOn = { id: Id<'app'>; name: string; people: number; isFrozen?: boolean; isListed?: boolean }
export type PersonActedOn = { authorizationId: Id<'authorization'>; name: string; families: number }

/** A token family as its row tells of it: two of one device are told apart by when they began. */
export type FamilyActedOn = { familyId: Id<'tokenFamily'>; device: string; startedAt: Date; tokens: number }

type Asked =
  | { kind: 'remove' | 'block' | 'freeze' | 'networks'; app: ActedOn }
  | { kind: 'remove-person'; app: ActedOn; person: PersonActedOn }
  | { kind: 'remove-all'; person: { userId: Id<'user'>; name: string } }
  | { kind: 'end-family'; app: ActedOn; person: PersonActedOn; family: FamilyActedOn }

type Acts = {
  /** Where they are done; null outside. */
  organization: Organization | null
  ask: (asked: Asked) => void
  lift: (kind: 'block' | 'freeze', app: ActedOn) => void
  /** Takes back that several were frozen at that moment, and nothing that was frozen before. */
  thaw: (frozenAt: Date) => void
}

const ActsContext = createContext<Acts>({ organization: null, ask: () => {}, lift: () => {}, thaw: () => {} })

/** What a row or the details can do. */
export const useActs = (): Acts => useContext(ActsContext)

/**
 * Holds what was asked above the list, so that a dialog and its receipt stay when the row they came from goes.
 */
export function ActsProvider({
  organization,
  children,
}: {
  organization: Organization
  children: ReactNode
}) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const { run: runUnblock } = useAct(unblock)
  const { run: runUnfreeze } = useAct(unfreeze)
  const { run: runThaw } = useAct(unfreezeSeveral)
  const focusAfter = useFocusAfter(asked !== null)
  const acts = useMemo<Acts>(
    () => ({
      organization: { id: organization.id, name: organization.name },
      ask: (asked) => {
        focusAfter('app' in asked ? asked.app.id : asked.person.userId)
        setAsked(asked)
      },
      lift: (kind, app) => {
        const { id } = app
        focusAfter(id)
        const run = kind === 'block' ? runUnblock : runUnfreeze
        run(
          { rootOrganizationId: organization.id, appId: id },
          {
            onSuccess: (answer) =>
              answer.ok
                ? toast(LIFTED[kind](app), { about: id })
                : toast(answer.refusal.sentence, { kind: 'failed' }),
          },
        )
      },
      thaw: (frozenAt) =>
        runThaw(
          {
            rootOrganizationId: organization.id,
            selection: { matching: {} },
            frozenAt: frozenAt.toISOString(),
          },
          {
            onSuccess: (answer) =>
              answer.ok
                ? toast(`${counted(answer.value.apps, 'app')} unfrozen.`)
                : toast(answer.refusal.sentence, { kind: 'failed' }),
          },
        ),
    }),
    [organization.id, organization.name, runUnblock, runUnfreeze, runThaw, focusAfter],
  )
  const common = { organization, onClose: () => setAsked(null) }
  return (
    <ActsContext value={acts}>
      {children}
      {asked?.kind === 'remove' && <RemoveDialog key={asked.app.id} app={asked.app} {...common} />}
      {asked?.kind === 'remove-person' && (
        <RemovePersonDialog app={asked.app} person={asked.person} {...common} />
      )}
      {asked?.kind === 'end-family' && (
        <EndFamilyDialog app={asked.app} person={asked.person} family={asked.family} {...common} />
      )}
      {asked?.kind === 'remove-all' && <RemoveAllDialog person={asked.person} {...common} />}
      {asked?.kind === 'block' && <BlockDialog app={asked.app} {...common} />}
      {asked?.kind === 'freeze' && <FreezeDialog app={asked.app} {...common} />}
      {asked?.kind === 'networks' && (
        <NetworksDialog app={asked.app} organizationId={organization.id} onClose={common.onClose} />
      )}
    </ActsContext>
  )
}

const ANEW = 'Each person may authorize it anew, where the policy lets them.'

const LIFTED = {
  block: ({ name }: ActedOn) => `${name} is unblocked. ${ANEW}`,
  freeze: ({ name, people }: ActedOn) =>
    `${name} is unfrozen. ${people > 0 ? 'What was not removed meanwhile works again.' : ANEW}`,
}
