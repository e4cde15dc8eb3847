'use client'

import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Checkbox } from '#components/ui/checkbox'
import type { Id } from '#lib/base/ids'
import type { AppSelection } from '#lib/domain/connected-apps/schema'

type Chosen = {
  /** One by one, on whichever pages. */
  ids: ReadonlySet<Id<'app'>>
  /** All that match the search and filters, also on other pages. */
  isAll: boolean
}

type Selection = Chosen & {
  shown: readonly Id<'app'>[]
  /** How many are chosen. */
  count: number
  /** What a bulk act of Owned Apps takes. */
  wire: AppSelection
  toggle: (id: Id<'app'>, isRange: boolean) => void
  toggleShown: () => void
  chooseAll: () => void
  clear: () => void
}

type Props = {
  /** Another search is another list: what was chosen goes with it. */
  listKey: string
  organizationId: Id<'organization'>
  /** What all that match are named by, where the acts take `wire`. */
  matching?: NonNullable<AppSelection['matching']>
  shown: readonly Id<'app'>[]
  /** How many match on all pages, counted to a bound. */
  total: number
  children: ReactNode
}

const NONE: Chosen = { ids: new Set(), isAll: false }
const SelectionContext = createContext<Selection | null>(null)

/** What is chosen in the list: it stays while one goes from page to page, and goes with another search. */
export function SelectionProvider({ listKey, organizationId, matching, shown, total, children }: Props) {
  const [chosen, setChosen] = useState(NONE)
  const [chosenIn, setChosenIn] = useState(listKey)
  if (chosenIn !== listKey) {
    setChosenIn(listKey)
    setChosen(NONE)
  }
  const last = useRef<Id<'app'> | null>(null)
  const value = useMemo<Selection>(() => {
    const { ids, isAll } = chosen
    return {
      ...chosen,
      shown,
      count: isAll ? total : ids.size,
      wire: isAll && matching ? { organizationId, matching } : { organizationId, appIds: [...ids] },
      toggle: (id, isRange) => {
        const from = last.current
        last.current = id
        setChosen((old) => toggled(old, shown, id, isRange ? from : null))
      },
      toggleShown: () =>
        setChosen((old) => {
          const areAll = old.isAll || shown.every((id) => old.ids.has(id))
          const others = [...old.ids].filter((id) => !shown.includes(id))
          return { ids: new Set(areAll ? others : [...old.ids, ...shown]), isAll: false }
        }),
      chooseAll: () => setChosen({ ids: new Set(), isAll: true }),
      clear: () => setChosen(NONE),
    }
  }, [chosen, shown, total, organizationId, matching])
  return <SelectionContext value={value}>{children}</SelectionContext>
}

/** One more or one less; from `from` on, all between become what this one becomes. */
function toggled(old: Chosen, shown: readonly Id<'app'>[], id: Id<'app'>, from: Id<'app'> | null): Chosen {
  // Taking one out of “all that match” leaves those in sight: nobody can say which of the others were meant.
  const ids = new Set(old.isAll ? shown : old.ids)
  const willBe = !ids.has(id)
  const [at, start] = [shown.indexOf(id), from ? shown.indexOf(from) : -1]
  const range = start < 0 ? [id] : shown.slice(Math.min(at, start), Math.max(at, start) + 1)
  for (const one of range) {
    if (willBe) ids.add(one)
    else ids.delete(one)
  }
  return { ids, isAll: false }
}

/** For what acts on the selection. */
export function useSelection(): Selection {
  const selection = useContext(SelectionContext)
  if (!selection) throw new Error('Nothing is chosen outside a SelectionProvider.')
  return selection
}

/** The box in the head of the table: all rows in sight. */
export function SelectShown() {
  const { ids, isAll, shown, toggleShown } = useSelection()
  const chosen = isAll ? shown.length : shown.filter((id) => ids.has(id)).length
  const isPart = chosen > 0 && chosen < shown.length
  return (
    <Checkbox
      aria-label="Select all on this page"
      checked={chosen > 0 && !isPart}
      ref={(box: HTMLInputElement | null) => {
        if (box) box.indeterminate = isPart
      }}
      onChange={toggleShown}
    />
  )
}

/** The box of a row. Shift and a press choose all in between; the arrow keys go from box to box, with shift they choose on the way. */
export function SelectRow({ id, name }: { id: Id<'app'>; name: string }) {
  const { ids, isAll, toggle, clear } = useSelection()
  return (
    <Checkbox
      data-select-row={id}
      aria-label={`Select ${name}`}
      checked={isAll || ids.has(id)}
      onChange={(event) => toggle(id, (event.nativeEvent as MouseEvent).shiftKey)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') return clear()
        const next = neighbour(event)
        if (!next) return
        event.preventDefault()
        next.focus()
        if (event.shiftKey && next.checked !== event.currentTarget.checked) next.click()
      }}
    />
  )
}

function neighbour(event: KeyboardEvent<HTMLInputElement>): HTMLInputElement | undefined {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const boxes = [...document.querySelectorAll<HTMLInputElement>('[data-select-row]')]
  return step === undefined ? undefined : boxes[boxes.indexOf(event.currentTarget) + step]
}
