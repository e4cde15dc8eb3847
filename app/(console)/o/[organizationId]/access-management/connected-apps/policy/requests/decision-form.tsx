'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { ScopeChecklist } from '#components/connected-apps/scope-checklist'
import type { ScopeWords } from '#components/connected-apps/scope-lines'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Section } from '#components/ui/section'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { listed } from '#lib/base/listed'
import { approve } from '../actions.ts'
import { LimitsFields, limitsOf, NO_LIMITS } from '../limits-fields.tsx'
import { answeredHref } from './answered-href.ts'
import { giveFocusOn } from './give-focus-on.ts'
import { Outsiders } from './outsiders.tsx'

const DeclineDialog = dynamic(() => import('./decline-dialog.tsx'), { ssr: false })
const BlockDialog = dynamic(() => import('../../authorizations/block-dialog.tsx'), { ssr: false })

export type RequestToDecide = {
  id: Id<'approvalRequest'>
  app: { id: Id<'app'>; name: string; version: number }
  organization: { id: Id<'organization'>; name: string }
  added: readonly ScopeWords[]
  /** What of it the entry holds already. */
  listed: readonly ScopeWords[]
  people: number
  isBlocked: boolean
  /** Otherwise nobody here could use it, and it can only be declined. */
  isOpenHere: boolean
  /** The app's entry, if it has one: it keeps its end and its group. */
  entry: { group: { id: Id<'group'>; name: string } | null; outsiders: number } | null
}

type Props = {
  request: RequestToDecide
  /** What of it is not a reviewer's. */
  mayBlock: boolean
  mayChooseGroup: boolean
  listHref: string
  /** Above what is new, below it, and below all there is to choose. */
  head: ReactNode
  children: ReactNode
  foot: ReactNode
}

/** What is new with a choice for each, and the decision always in sight at the foot. */
export function DecisionForm({ request, mayBlock, mayChooseGroup, listHref, head, children, foot }: Props) {
  const { app, added } = request
  const router = useRouter()
  const [chosen, setChosen] = useState(() => added.map((scope) => scope.name))
  const [chosenLimits, setChosenLimits] = useState(NO_LIMITS)
  const [isOpened, setIsOpened] = useState(false)
  const [dialog, setDialog] = useState<'decline' | 'block' | null>(null)
  const limits = request.entry ? {} : limitsOf(chosenLimits)
  const outsiders = request.entry?.outsiders ?? 0
  // Without a new scope it has to be the opening of the entry, and of one that holds something of what was asked.
  const letsSomebodyIn =
    chosen.length > 0 ||
    (isOpened ? request.listed.length > 0 || added.length === 0 : outsiders === 0 && added.length === 0)
  useEffect(() => giveFocusOn, [])
  const isSome = chosen.length < added.length
  const approving = useAct(approve, () => {
    toast(
      isSome
        ? `People may grant ${app.name} ${chosen.length} of the ${counted(added.length, 'new scope')}.`
        : `People may grant ${app.name} what it asked for.`,
      {
        detail: request.isBlocked
          ? 'It is no longer blocked. Each person who waits still decides for themselves.'
          : 'Each person who waits still decides for themselves.',
      },
    )
    router.replace(answeredHref(request.id, listHref), { scroll: false })
  })
  return (
    <>
      <div className="flex flex-1 flex-col gap-6 pt-4 pb-6 sm:px-8 lg:pl-7">
        {head}
        <RefusalNotice refusal={approving.refusal} />
        {added.length > 0 && (
          <ScopeChecklist
            isNew
            legend="New"
            scopes={added}
            value={chosen}
            onChange={setChosen}
            error={approving.refusal?.fields.scopes}
          />
        )}
        {outsiders > 0 && request.entry?.group && (
          <Outsiders
            organizationId={request.organization.id}
            group={request.entry.group}
            outsiders={outsiders}
            mayOpen={mayChooseGroup}
            isOpened={isOpened}
            onChange={setIsOpened}
            error={approving.refusal?.fields.openToEveryone}
          />
        )}
        {children}
        {!request.entry && (
          <Section title={mayChooseGroup ? 'Until when, and for whom' : 'Until when'}>
            <div className="max-w-md">
              <LimitsFields
                isForEveryone={!mayChooseGroup}
                organizationId={request.organization.id}
                people={request.people}
                value={chosenLimits}
                onChange={setChosenLimits}
                errors={approving.refusal?.fields ?? {}}
              />
            </div>
          </Section>
        )}
        {foot}
      </div>
      <footer
        data-acts-foot
        className="sticky bottom-0 z-1 flex min-h-14 flex-wrap items-center gap-2 border-t border-line bg-canvas py-3 max-sm:-mx-4 max-sm:px-4 sm:px-8 lg:pl-7"
      >
        <Button
          variant={request.isBlocked ? 'secondary' : 'primary'}
          className="max-sm:h-11 max-sm:basis-full"
          disabled={
            !limits ||
            !request.isOpenHere ||
            (outsiders > 0 && !mayChooseGroup) ||
            !letsSomebodyIn ||
            (request.isBlocked && !mayBlock)
          }
          pending={approving.pending}
          onClick={() =>
            limits &&
            approving.run(
              {
                requestId: request.id,
                scopes: chosen,
                expectedAppVersion: app.version,
                alsoUnblock: request.isBlocked,
                openToEveryone: isOpened,
                ...limits,
              },
              {
                // Somebody answered meanwhile: their answer takes the place of this form, and of what it says.
                onSuccess: (answer) =>
                  answer.ok ||
                  answer.refusal.code !== 'conflict' ||
                  toast(answer.refusal.sentence, { detail: 'Nothing of yours was saved.', kind: 'failed' }),
              },
            )
          }
        >
          {actOf({ isBlocked: request.isBlocked, isOpened, chosen: chosen.length })}
        </Button>
        <p className="min-w-0 flex-1 px-1 text-muted max-xl:hidden">
          Each person still decides for themselves.
        </p>
        <Button
          variant={request.isBlocked ? 'primary' : 'secondary'}
          className="max-sm:h-11 max-sm:flex-1 sm:ml-auto"
          onClick={() => setDialog('decline')}
        >
          Decline…
        </Button>
        {mayBlock && !request.isBlocked && (
          <Button
            variant="danger-quiet"
            className="max-sm:h-11 max-sm:flex-1"
            onClick={() => setDialog('block')}
          >
            Block…
          </Button>
        )}
      </footer>
      {dialog === 'decline' && (
        <DeclineDialog request={request} listHref={listHref} onClose={() => setDialog(null)} />
      )}
      {dialog === 'block' && (
        <BlockDialog
          app={{ ...app, people: request.people }}
          organization={request.organization}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  )
}

/** All that one press does, in the words of its button. */
function actOf({
  isBlocked,
  isOpened,
  chosen,
}: {
  isBlocked: boolean
  isOpened: boolean
  chosen: number
}): string {
  const acts = [
    ...(isBlocked ? ['unblock'] : []),
    ...(isOpened ? ['open to everyone'] : []),
    ...(chosen > 0 ? [`approve ${counted(chosen, 'scope')}`] : isOpened ? [] : ['approve']),
  ]
  const words = listed(acts)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
