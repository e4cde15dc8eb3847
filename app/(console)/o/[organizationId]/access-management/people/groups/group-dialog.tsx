'use client'

import { useRef } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import type { Refused } from '#components/forms/use-act'
import { useEdits } from '#components/forms/use-edits'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { TextArea } from '#components/ui/text-area'
import { TextField } from '#components/ui/text-field'

export type GroupDraft = { name: string; description: string }

type Props = {
  title: string
  confirm: string
  value: GroupDraft
  /** Of the group; a new one has none. */
  version?: number
  act: { pending: boolean; refusal: Refused | null }
  onSave: (value: GroupDraft) => void
  onClose: () => void
}

/** What a group is called, and what it is for. */
export default function GroupDialog({ title, confirm, value, version = 0, act, onSave, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const { values: draft, set } = useEdits(value, version)
  const errors = act.refusal?.isOvertaken ? {} : (act.refusal?.fields ?? {})
  const isChanged = draft.name.trim() !== value.name || draft.description.trim() !== value.description
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form="group"
            pending={act.pending}
            disabled={!draft.name.trim() || !isChanged}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <form
        id="group"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (draft.name.trim() && isChanged) onSave(draft)
        }}
      >
        <RefusalNotice refusal={act.refusal} />
        <TextField
          ref={field}
          label="Name"
          autoComplete="off"
          maxLength={100}
          value={draft.name}
          onChange={(event) => set('name', event.target.value)}
          error={errors.name}
        />
        <TextArea
          label="Description"
          aside="Optional"
          maxLength={1000}
          value={draft.description}
          onChange={(event) => set('description', event.target.value)}
          error={errors.description}
        />
      </form>
    </Dialog>
  )
}
