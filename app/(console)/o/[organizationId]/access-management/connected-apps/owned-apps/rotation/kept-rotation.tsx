'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ButtonLink } from '#components/ui/button'
import { Notice } from '#components/ui/notice'
import type { Id } from '#lib/base/ids'
import { previewRotation } from '../actions.ts'
import { keptChoice } from './kept-choice.ts'
import { RotateManyForm, type RotateManyProps } from './rotate-many-form.tsx'

type Props = Omit<RotateManyProps, 'preview'>

/** The form for more chosen apps than an address names: this window keeps them. */
export function KeptRotation(props: Props) {
  const { listPath } = props
  const input = { ...props.input, appIds: useKeptChoice(props.input.organizationId) }
  const asked = useQuery({
    queryKey: ['rotation-preview', input],
    queryFn: () => previewRotation({ ...input, appIds: input.appIds ?? [] }),
    enabled: !!input.appIds?.length,
    networkMode: 'always',
    retry: false,
    gcTime: 0,
    placeholderData: (former) => former,
  })
  const back = <ButtonLink href={listPath}>Back to Owned Apps</ButtonLink>
  if (input.appIds?.length === 0)
    return <Notice acts={back}>This window does not know what was chosen. Choose the apps again.</Notice>
  if (asked.isError || asked.data?.ok === false)
    return (
      <Notice tone="bad" isAlert acts={back}>
        {asked.data?.ok === false
          ? asked.data.refusal.sentence
          : 'What it would do could not be asked. Check your connection and open this again.'}
      </Notice>
    )
  if (!asked.data || !input.appIds) return <p role="status">Counting…</p>
  return (
    <RotateManyForm
      {...props}
      input={{ ...input, appIds: input.appIds }}
      chosenCount={input.appIds.length}
      preview={asked.data.value}
      isStale={asked.isPlaceholderData}
    />
  )
}

/** Undefined until the window was asked, which the server cannot. */
function useKeptChoice(organizationId: string): Id<'app'>[] | undefined {
  const [appIds, setAppIds] = useState<Id<'app'>[]>()
  useEffect(() => setAppIds(keptChoice(organizationId)), [organizationId])
  return appIds
}
