import { counted } from '#components/connected-apps/app-words'
import { Checkbox } from '#components/ui/checkbox'
import { Switch } from '#components/ui/switch'
import { listed } from '#lib/base/listed'

type Props = {
  organizationName: string
  isOn: boolean
  /** What else holds at the moment. */
  note?: string
  onChange: (isOn: boolean) => void
  /** Internal apps in use that would need an entry when it is off. */
  unlisted: { count: number; names: readonly string[] } | null
  alsoListInUse: boolean
  onAlsoListInUse: (also: boolean) => void
}

/** Whether apps made inside the organization pass without an entry. Switched off, it offers to list those in use. */
export function InternalSwitch(props: Props) {
  const { unlisted } = props
  return (
    <div className="flex flex-col gap-3">
      <Switch
        label="Approve internal apps automatically"
        hint={`Apps made inside ${props.organizationName} ${props.isOn ? 'need no entry' : 'need an entry too'}.${props.note ? ` ${props.note}` : ''}`}
        checked={props.isOn}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      {unlisted && (
        <Checkbox
          label={`List ${counted(unlisted.count, 'internal app')} in use`}
          hint={`${namesOf(unlisted)}With the scopes people granted. Otherwise nobody new can authorize ${unlisted.count === 1 ? 'it' : 'them'}; those who have can go on.`}
          checked={props.alsoListInUse}
          onChange={(event) => props.onAlsoListInUse(event.target.checked)}
        />
      )}
    </div>
  )
}

function namesOf({ count, names }: { count: number; names: readonly string[] }): string {
  return names.length > 0 ? `${listed(names, count - names.length)}. ` : ''
}
