'use client'

import { type FormEvent, useId, useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { type Refused, useAct } from '#components/forms/use-act'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Notice } from '#components/ui/notice'
import { RadioGroup } from '#components/ui/radio-group'
import { Skeleton } from '#components/ui/skeleton'
import { TextArea } from '#components/ui/text-area'
import { toast } from '#components/ui/toast'
import { isWithin, networkIn, writtenNetwork } from '#lib/base/cidr'
import type { Id } from '#lib/base/ids'
import { listed } from '#lib/base/listed'
import type { Networks } from '#lib/domain/installations/get-networks'
import type { NetworkMode } from '#lib/domain/installations/network-limit'
import { usePreview } from '../../../../use-preview.ts'
import { limitNetworks } from './authorizations/actions.ts'

type Props = {
  app: { id: Id<'app'>; name: string }
  organizationId: Id<'organization'>
  onClose: () => void
}

/** Says from which networks an app may be used in an organization, by its people and by itself. */
export default function NetworksDialog({ app, organizationId, onClose }: Props) {
  const { preview, failure, recount } = usePreview<Networks>(
    ['networks', organizationId, app.id],
    `/organizations/${organizationId}/authorized-apps/${app.id}/networks`,
  )
  const formId = useId()
  const act = useAct(limitNetworks, (_, { mode }) => {
    onClose()
    toast(SAVED[mode](app.name))
  })
  const save = (mode: NetworkMode, networks: string[], version: number) =>
    act.run(
      { rootOrganizationId: organizationId, appId: app.id, mode, networks, version },
      // What somebody else saved meanwhile is read, to be shown beside what was typed.
      { onSuccess: (answer) => !answer.ok && answer.refusal.isOvertaken && recount() },
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`From where may ${app.name} be used?`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={act.pending} disabled={!preview}>
            Save networks
          </Button>
        </>
      }
    >
      {preview ? (
        <NetworksForm id={formId} saved={preview} refusal={act.refusal} onSave={save} />
      ) : failure ? (
        <Notice tone="bad">{failure}</Notice>
      ) : (
        <Skeleton className="h-48" />
      )}
    </Dialog>
  )
}

type FormProps = {
  id: string
  saved: Networks
  refusal: Refused | null
  onSave: (mode: NetworkMode, networks: string[], version: number) => void
}

function NetworksForm({ id, saved, refusal, onSave }: FormProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  // What is saved is read again whenever the window is looked at: edits stand over what they began from, until a refusal showed more.
  const [begun] = useState(saved)
  const isOvertaken = refusal?.isOvertaken === true && saved.version > begun.version
  const seen = isOvertaken ? saved : begun
  const [mode, setMode] = useState(begun.mode)
  const [text, setText] = useState(begun.networks.map(writtenNetwork).join('\n'))
  const networks = linesOf(text)
  const { ownAddress } = begun
  const isOut =
    ownAddress !== null &&
    !isWithin(
      ownAddress,
      networks.flatMap((one) => networkIn(one) ?? []),
    )
  function submit(event: FormEvent) {
    event.preventDefault()
    // What is not in sight is not changed.
    onSave(mode, mode === 'off' ? seen.networks : networks, seen.version)
  }
  return (
    <form id={id} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <RefusalNotice refusal={refusal} />
      <p className="text-ink-2">
        It holds for the people of your organization and for the app itself, from the next request on. Nothing
        ends: whoever comes from elsewhere is refused, and let in again from inside.
      </p>
      <RadioGroup
        legend="From where"
        legendHidden
        name="mode"
        look="cards"
        value={mode}
        onChange={(chosen) => setMode(chosen as NetworkMode)}
        options={[
          { value: 'off', label: 'From everywhere' },
          { value: 'enforce', label: 'Only from these networks' },
          {
            value: 'enforce-except-refresh',
            label: 'Only from these networks, but tokens are refreshed from everywhere',
            hint: 'What was authorized inside goes on where its device or server moves.',
          },
        ]}
      />
      {isOvertaken && <p className="text-ink-2 [overflow-wrap:anywhere]">Saved now: {inWords(saved)}.</p>}
      {mode !== 'off' && (
        <TextArea
          ref={field}
          label="Networks"
          aside="One a line"
          hint="Where browsers of people come from, and servers of the app itself. Such as 203.0.113.0/24, 2001:db8::/32, or one address."
          mono
          rows={4}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          error={refusal?.isOvertaken ? undefined : errorIn(refusal)}
        />
      )}
      <div className="flex flex-wrap items-center justify-between gap-2 text-ink-2">
        <span role="status">
          {mode !== 'off' &&
            ownAddress &&
            `You are at ${ownAddress}, which is ${isOut ? 'not ' : ''}among them.`}
        </span>
        {mode !== 'off' && isOut && (
          <Button
            size="small"
            onClick={() => {
              setText([...networks, ownAddress].join('\n'))
              field.current?.focus()
            }}
          >
            Add my address
          </Button>
        )}
      </div>
    </form>
  )
}

function linesOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((line) => line !== '')
}

const SAVED: Record<NetworkMode, (name: string) => string> = {
  off: (name) => `${name} may be used from everywhere.`,
  enforce: (name) => `${name} may be used from these networks only.`,
  'enforce-except-refresh': (name) => `${name} may be used from these networks only, but for refreshes.`,
}

/** What somebody else saved. */
function inWords({ mode, networks }: Networks): string {
  const from = listed(networks.map(writtenNetwork)) || 'no network'
  if (mode === 'off') return `from everywhere, and kept for later: ${from}`
  return mode === 'enforce' ? `only from ${from}` : `only from ${from}, refreshes from everywhere`
}

/** Of the field, or of the first line that is none. */
function errorIn(refusal: Refused | null): string | undefined {
  return Object.entries(refusal?.fields ?? {}).find(([name]) => name.startsWith('networks'))?.[1]
}
