'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { type PlaceChoice, PlacesField } from '#components/connected-apps/places-field'
import { RedirectUrisField } from '#components/connected-apps/redirect-uris-field'
import { ScopePicker } from '#components/connected-apps/scope-picker'
import { LeaveGuard } from '#components/forms/leave-guard'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { standingErrors } from '#components/forms/standing-errors'
import { useAct } from '#components/forms/use-act'
import { Button, ButtonLink } from '#components/ui/button'
import { ChoiceField } from '#components/ui/choice-field'
import { Section } from '#components/ui/section'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'
import { create } from '../actions.ts'
import { type CatalogueScope, FOR_ITSELF_HINT } from '../catalogue-scope.ts'
import { useShowMade } from '../made-app.tsx'
import { ActsAsChoice, AudienceChoice, ClientTypeChoice } from './choices.tsx'
import { type Draft, draftInput, EMPTY_DRAFT, offeredTo, placedIn } from './draft.ts'

type Props = {
  path: string
  organizationName: string
  /** Where the app may reside, the present organization first. */
  residences: Array<{ id: string; name: string; within: string }>
  catalogue: CatalogueScope[]
  places: PlaceChoice[]
  /** Each organization's parent: places lie inside the residence. */
  parents: Record<string, string | null>
  /** How many scopes an app may have. */
  scopesMax: number
}

/** Everything an app needs, on one page; what does not apply to its kind is not asked. */
export function CreateForm(props: Props) {
  const { path, organizationName, residences, catalogue, places, parents, scopesMax } = props
  const [draft, setDraft] = useState<Draft>({ ...EMPTY_DRAFT, organizationId: residences[0]?.id ?? '' })
  const [sent, setSent] = useState<Draft>()
  const [isMade, setIsMade] = useState(false)
  const router = useRouter()
  const showMade = useShowMade()
  const act = useAct(create, ({ appId, clientId, secret }) => {
    setIsMade(true)
    showMade({ clientId, secret, name: draft.name.trim() })
    router.replace(`${path}/${appId}`)
  })
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const fields = standingErrors(act.refusal?.fields ?? {}, sent, draft)
  const offered = offeredTo(draft, catalogue)
  const isForItself = draft.actsAs === 'itself'

  /** Places outside the new residence go with it. */
  function moveTo(organizationId: string) {
    const inside = placedIn(places, parents, organizationId).map((place) => place.organizationId)
    change({
      organizationId,
      contexts: draft.contexts.filter((context) => inside.includes(context.organizationId)),
    })
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (act.pending || isMade) return
    // Empty rows are no addresses; taking them out first keeps a refusal's row numbers right.
    const whole = { ...draft, redirectUris: draft.redirectUris.filter(Boolean) }
    setDraft(whole)
    setSent(whole)
    act.run(draftInput(whole, catalogue))
  }

  return (
    <form onSubmit={submit} noValidate className="flex max-w-2xl flex-col gap-8">
      <LeaveGuard active={!isMade && !act.pending && draft.name !== ''} />
      <Section title="What it is">
        <div className="flex flex-col gap-5">
          <TextField
            label="Name"
            autoFocus
            autoComplete="off"
            maxLength={100}
            value={draft.name}
            error={fields.name}
            hint={isForItself ? undefined : 'People read it when the app asks them.'}
            onChange={(event) => change({ name: event.target.value })}
          />
          <ActsAsChoice value={draft.actsAs} onChange={(actsAs) => change({ actsAs })} />
          {!isForItself && (
            <ClientTypeChoice
              value={draft.clientType}
              onChange={(clientType) => change({ clientType })}
              error={fields.clientType}
            />
          )}
          <TextField
            label="Website"
            aside="Optional"
            type="url"
            placeholder="https://"
            value={draft.website}
            error={fields.website}
            onChange={(event) => change({ website: event.target.value })}
          />
          <TextArea
            label="Description"
            aside="Optional, shown to your administrators"
            maxLength={1000}
            value={draft.description}
            error={fields.description}
            onChange={(event) => change({ description: event.target.value })}
          />
          {residences.length > 1 && (
            <ChoiceField
              label="Residence"
              hint="Who administers this organization administers the app."
              options={residences.map(({ id, name, within }) => ({
                value: id,
                label: name,
                hint: within && `in ${within}`,
              }))}
              value={draft.organizationId}
              onChange={moveTo}
              error={fields.organizationId}
              className="sm:max-w-xs"
            />
          )}
        </div>
      </Section>
      {!isForItself && (
        <Section title="Where people come back to">
          <RedirectUrisField
            clientType={draft.clientType}
            value={draft.redirectUris}
            onChange={(redirectUris) => change({ redirectUris })}
            errors={fields}
          />
        </Section>
      )}
      <Section title={isForItself ? 'What it may do' : 'What it may ask for'}>
        <div className="flex flex-col gap-5">
          <ScopePicker
            scopes={offered}
            value={draft.scopes}
            onChange={(scopes) => change({ scopes })}
            error={Object.entries(fields).find(([field]) => field.startsWith('scopes'))?.[1]}
            hint={
              isForItself
                ? FOR_ITSELF_HINT
                : 'The app never gets more than the person has themselves. More can be added later.'
            }
            max={scopesMax}
          />
          {isForItself && (
            <PlacesField
              scopes={offered.filter(
                ({ name, needsOrganization }) => needsOrganization && draft.scopes.includes(name),
              )}
              places={placedIn(places, parents, draft.organizationId)}
              value={draft.contexts}
              onChange={(contexts) => change({ contexts })}
              errors={fields}
            />
          )}
        </div>
      </Section>
      {!isForItself && (
        <Section title="Who may use it">
          <AudienceChoice
            organizationName={organizationName}
            value={draft.audience}
            onChange={(audience) => change({ audience })}
          />
        </Section>
      )}
      <div className="flex flex-col gap-3">
        <RefusalNotice refusal={act.refusal} />
        <div className="flex gap-2 max-sm:*:h-11 max-sm:*:flex-1">
          <Button variant="primary" type="submit" pending={act.pending}>
            Create app
          </Button>
          <ButtonLink href={path}>Cancel</ButtonLink>
        </div>
      </div>
    </form>
  )
}
