'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { ChoiceMenu } from './choice-menu.tsx'
import { words } from './words.ts'

/** Filters that few look for stand in the toolbar once they are set, or somebody wants them: the menu offers the others. */
export function useMoreFilters<Key extends string>(
  labels: Readonly<Record<Key, string>>,
  isSet: (key: Key) => boolean,
) {
  const [wanted, setWanted] = useState<readonly Key[]>([])
  const isSeen = (key: Key) => isSet(key) || wanted.includes(key)
  const hidden = (Object.keys(labels) as Key[]).filter((key) => !isSeen(key))
  const menu = hidden.length > 0 && (
    <ChoiceMenu
      multiple
      label={words.moreFilters}
      options={hidden.map((key) => ({ value: key, label: labels[key] }))}
      value={[]}
      onChange={(keys) => setWanted([...wanted, ...(keys as Key[])])}
      trigger={
        <Button variant="quiet" icon={<Plus aria-hidden />} className="px-2.5 font-normal text-ink-2">
          {words.more}
        </Button>
      }
    />
  )
  return { isSeen, menu }
}
