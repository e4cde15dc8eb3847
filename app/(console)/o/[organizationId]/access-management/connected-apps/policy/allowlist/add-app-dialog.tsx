'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ScopeChecklist } from '#components/connected-apps/scope-checklist'
import { sentBackTo } from '#components/connected-apps/sent-back-to'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { AppTile } from '#components/ui/app-tile'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Notice } from '#components/ui/notice'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { ListableAppPage } from '#lib/domain/allowlist/get-listable-app'
import { type UrlQuery, urlWith } from '../../../../../../url-query.ts'
import { listApp } from '../actions.ts'
import { LimitsFields, limitsOf, NO_LIMITS } from '../limits-fields.tsx'
import type { ToAdd } from './find-to-add.ts'
import { WhichApp } from './which-app.tsx'

type Props = ToAdd & {
  organization: { id: Id<'organization'>; name: string }
  path: string
  query: UrlQuery<'q' | 'after'>
  /** A page it stands over and goes back to; absent: the allowlist itself. */
  overHref?: string
}

/** Puts an app on the allowlist: first which one, by its name or client ID, then for what, until when and for whom. */
export default function AddAppDialog({ app, ...props }: Props) {
  const router = useRouter()
  const close = () => router.replace(props.overHref ?? urlWith(props.path, props.query), { scroll: false })
  return app ? (
    <ForWhat key={app.id} app={app} {...props} onClose={close} />
  ) : (
    <WhichApp {...props} onClose={close} />
  )
}

export type StepProps = Omit<Props, 'app'> & { onClose: () => void }

function ForWhat({
  app,
  organization,
  path,
  query,
  overHref,
  onClose,
}: StepProps & { app: ListableAppPage }) {
  const router = useRouter()
  const held = app.entryScopes ?? []
  const open = app.scopes.filter((scope) => !held.includes(scope.name))
  const isAsked = open.some((scope) => app.asked.includes(scope.name))
  const [chosen, setChosen] = useState(() =>
    open.map((scope) => scope.name).filter((name) => !isAsked || app.asked.includes(name)),
  )
  const [chosenLimits, setChosenLimits] = useState(NO_LIMITS)
  const limits = limitsOf(chosenLimits)
  const { run, pending, refusal } = useAct(listApp, ({ appId }) => {
    toast(app.entryScopes ? `${app.name} is allowed more.` : `${app.name} is on the allowlist.`)
    router.replace(overHref ?? urlWith(path, { q: app.clientId, app: appId }), { scroll: false })
  })
  const isCovered = app.entryScopes !== null && open.length === 0
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      size="large"
      title={app.entryScopes ? `${app.name} is on the allowlist already` : `Allowlist ${app.name}?`}
      description={[
        app.publisher,
        app.redirectHosts[0] && `sends people back to ${sentBackTo(app.redirectHosts)}`,
      ]
        .filter(Boolean)
        .join(' · ')}
      lead={<AppTile id={app.id} name={app.name} size="large" />}
      footStart={
        !overHref && (
          <Button
            variant="quiet"
            onClick={() => router.replace(urlWith(path, { ...query, add: 'app' }), { scroll: false })}
          >
            Another app
          </Button>
        )
      }
      foot={
        isCovered ? (
          <Button onClick={onClose}>Close</Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="primary"
              pending={pending}
              disabled={!limits || (open.length > 0 && chosen.length === 0)}
              onClick={() =>
                limits &&
                run({
                  rootOrganizationId: organization.id,
                  clientId: app.clientId,
                  scopes: chosen,
                  ...limits,
                })
              }
            >
              {app.entryScopes ? 'Allow more' : `Allowlist app for ${organization.name}`}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <RefusalNotice refusal={refusal} />
        {(app.isBlocked || app.isDisabled) && (
          <Notice>
            {app.isBlocked
              ? `${organization.name} has blocked this app. Listing it does not lift the block.`
              : 'Its publisher has disabled this app. People can use it once it is enabled again.'}
          </Notice>
        )}
        {overHref && !isCovered && (
          <Notice tone="neutral">It is listed at once, whether or not you save the mode.</Notice>
        )}
        {isAsked && (
          <p className="text-ink-2">
            What people asked for is chosen. Their requests are answered once the entry holds all they asked.
          </p>
        )}
        {open.length > 0 ? (
          <ScopeChecklist
            legend={app.entryScopes ? 'What it may ask for beyond its entry' : 'What people may grant it'}
            scopes={open}
            value={chosen}
            onChange={setChosen}
            isNew={app.entryScopes !== null}
            error={refusal?.fields.scopes}
          />
        ) : (
          <p className="text-ink-2">
            {isCovered
              ? 'Its entry holds all that it asks for today. There is nothing to add.'
              : 'It asks for nothing but to be opened.'}
          </p>
        )}
        {!app.entryScopes && (
          <LimitsFields
            organizationId={organization.id}
            people={app.people}
            value={chosenLimits}
            onChange={setChosenLimits}
            errors={refusal?.fields ?? {}}
          />
        )}
        {!isCovered && (
          <p className="text-ink-2">Nobody is signed up by this: each person still decides for themselves.</p>
        )}
      </div>
    </Dialog>
  )
}
