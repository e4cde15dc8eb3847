'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { useEdits } from '#components/forms/use-edits'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { RadioGroup } from '#components/ui/radio-group'
import { Select } from '#components/ui/select'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import type { Server } from '#lib/domain/connected-apps/list-servers'
import { addApi, changeApi } from './actions.ts'
import type { ActedApi } from './acts.tsx'
import { lifetimeText, OPEN_TO, OPEN_TO_HINT } from './api-words.ts'

type Props = {
  servers: readonly Server[]
  onClose: () => void
} & ({ organizationId: Id<'organization'>; api?: undefined } | { api: ActedApi; organizationId?: undefined })

const LIFETIMES = [60, 120, 180, 300]
const NOBODY = 'nobody'

/** A new API, or what may be changed of one: its audience and its prefix never do. */
export default function ApiDialog({ organizationId, api, servers, onClose }: Props) {
  const first = useRef<HTMLInputElement>(null)
  const { values, set } = useEdits(
    {
      name: api?.name ?? '',
      description: api?.description ?? '',
      audience: api?.audience ?? '',
      scopePrefix: api?.scopePrefix ?? '',
      resourceServerAppId: api?.resourceServer?.id ?? null,
      openTo: api?.openTo ?? ('internal' as const),
      tokenFormat: api?.tokenFormat ?? ('opaque' as const),
      jwtLifetimeSeconds: api?.jwtLifetimeSeconds ?? 300,
    },
    api?.version ?? 0,
  )
  const [sent, setSent] = useState(values)
  const path = usePathname()
  const router = useRouter()
  const adding = useAct(addApi, ({ apiId }) => {
    done(`${values.name.trim()} is created. Give it its first scope.`)
    // Without the search, which might hide it; its section takes the focus when it is drawn.
    router.replace(`${path}#${apiId}`, { scroll: false })
  })
  const changing = useAct(changeApi, () => done('Saved.'))
  const { pending, refusal } = api ? changing : adding
  const errors = refusal?.isOvertaken ? {} : standingErrors(refusal?.fields ?? {}, sent, values)
  const lifetimes = [...new Set([...LIFETIMES, values.jwtLifetimeSeconds])].sort((one, other) => one - other)

  function done(sentence: string) {
    onClose()
    toast(sentence)
  }
  function save() {
    setSent(values)
    const { audience, scopePrefix, ...settings } = values
    if (api) changing.run({ apiId: api.id, version: api.version, ...settings })
    else adding.run({ organizationId, audience, scopePrefix, ...settings })
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="large"
      title={api ? `Edit ${api.name}` : 'Create an API'}
      description={
        api ? undefined : 'What your organization protects with tokens of Gatehouse. Its scopes come next.'
      }
      initialFocus={first}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="api" pending={pending}>
            {api ? 'Save changes' : 'Create API'}
          </Button>
        </>
      }
    >
      <form
        id="api"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (!pending) save()
        }}
      >
        <RefusalNotice refusal={refusal} />
        <TextField
          ref={first}
          label="Name"
          placeholder="Orders API"
          value={values.name}
          maxLength={100}
          error={errors.name}
          onChange={(event) => set('name', event.target.value)}
        />
        <TextArea
          label="Description"
          aside="Optional"
          value={values.description}
          maxLength={1000}
          error={errors.description}
          onChange={(event) => set('description', event.target.value)}
        />
        <TextField
          label="Audience"
          mono
          placeholder="https://api.example.com/orders"
          hint={
            api
              ? 'Never changes: tokens name it.'
              : 'An absolute URI. Requests name it as resource, tokens as aud. It never changes.'
          }
          value={values.audience}
          disabled={api !== undefined}
          error={errors.audience}
          onChange={(event) => set('audience', event.target.value)}
        />
        <TextField
          label="Prefix of its scopes"
          mono
          placeholder="orders"
          hint={
            api
              ? 'Never changes: apps name it.'
              : `Its scopes are called ${values.scopePrefix || 'orders'}:read and so on. Nobody else gets it, ever.`
          }
          autoCapitalize="off"
          spellCheck={false}
          value={values.scopePrefix}
          disabled={api !== undefined}
          error={errors.scopePrefix}
          onChange={(event) => set('scopePrefix', event.target.value)}
        />
        <Select
          label="Answered by"
          hint="This app may introspect tokens that hold the API’s scopes. It keeps a secret."
          value={values.resourceServerAppId ?? NOBODY}
          error={errors.resourceServerAppId}
          onChange={(value) => set('resourceServerAppId', value === NOBODY ? null : (value as Id<'app'>))}
          options={[
            { value: NOBODY, label: 'No app yet' },
            ...servers.map(({ id, name }) => ({ value: id as string, label: name })),
          ]}
        />
        <RadioGroup
          legend="Whose apps may ask for its scopes"
          name="openTo"
          look="cards"
          value={values.openTo}
          error={errors.openTo}
          onChange={(openTo) => set('openTo', openTo as typeof values.openTo)}
          options={(['internal', 'everyone'] as const).map((value) => ({
            value,
            label: OPEN_TO[value],
            hint: OPEN_TO_HINT[value],
          }))}
        />
        <RadioGroup
          legend="Access tokens"
          name="tokenFormat"
          look="cards"
          value={values.tokenFormat}
          error={errors.tokenFormat}
          onChange={(tokenFormat) => set('tokenFormat', tokenFormat as typeof values.tokenFormat)}
          options={[
            {
              value: 'opaque',
              label: 'Opaque',
              hint: 'The API asks Gatehouse about each one. Remove, and a lost role, hold at the next call.',
            },
            {
              value: 'jwt',
              label: 'JWT',
              hint: 'The API verifies it by itself, where the request named the audience as resource. Nothing ends one early: after Remove, a lost role or a disabled app it may be accepted until it expires.',
            },
          ]}
        />
        {values.tokenFormat === 'jwt' && (
          <Select
            label="A JWT is good for"
            hint="Then it is refreshed, and what was taken away is refused."
            value={String(values.jwtLifetimeSeconds)}
            error={errors.jwtLifetimeSeconds}
            onChange={(value) => set('jwtLifetimeSeconds', Number(value))}
            options={lifetimes.map((seconds) => ({ value: String(seconds), label: lifetimeText(seconds) }))}
          />
        )}
      </form>
    </Dialog>
  )
}
