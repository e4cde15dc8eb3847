import { endOfEntryWords } from '#components/connected-apps/policy-words'
import { Checkbox } from '#components/ui/checkbox'
import { Disclosure } from '#components/ui/disclosure'
import { FIELD_BOX, Field } from '#components/ui/field'
import { Notice } from '#components/ui/notice'
import { DateTime } from '#components/ui/relative-time'
import { TextField } from '#components/ui/text-field'
import { TextLink } from '#components/ui/text-link'
import type { Id } from '#lib/base/ids'
import type { ApprovalRequestPage } from '#lib/domain/allowlist/get-approval-request'
import type { Notice as Refused } from '#lib/gateways/console/notice'
import { groupPath } from '../../(console)/o/[organizationId]/paths.ts'

type Props = {
  request: ApprovalRequestPage
  /** Whom an entry is for is theirs to say. */
  mayOpen: boolean
  /** Those a new entry can be for; none where the person may not choose among them. */
  groups: readonly { id: Id<'group'>; name: string }[]
  notice: Refused | null
}

/** Until when the app is allowed and for whom: chosen for a new entry, told of one that is there. Plain fields. */
export function EntryLimits({ request, mayOpen, groups, notice }: Props) {
  const { entry, organization } = request
  if (!entry) return <Choice people={request.people} groups={groups} notice={notice} />
  return (
    <>
      {entry.endsAt && (
        <p className="text-ink-2">
          Its entry ends on <DateTime at={entry.endsAt} />, and what people allowed by it ends with it.
        </p>
      )}
      {entry.group && entry.outsiders > 0 && (
        <section className="flex flex-col gap-3">
          <Notice>
            It is allowlisted for the group{' '}
            {mayOpen ? (
              <TextLink href={groupPath(organization.id, entry.group.id)}>{entry.group.name}</TextLink>
            ) : (
              entry.group.name
            )}
            , and{' '}
            {entry.outsiders === 1 ? 'one of those who ask is' : `${entry.outsiders} of those who ask are`}{' '}
            not in it.{' '}
            {mayOpen
              ? 'Add them to the group, or open the entry to everyone.'
              : 'Before anybody can approve this, an administrator of the organization has to add them to the group, or open the entry to everyone.'}
          </Notice>
          {mayOpen && (
            <Checkbox
              name="openToEveryone"
              value="true"
              defaultChecked={notice?.typed.openToEveryone === 'true'}
              label="Open to everyone"
              hint="From now on all members may authorize it, for what its entry holds."
            />
          )}
        </section>
      )}
    </>
  )
}

function Choice({ people, groups, notice }: Pick<Props, 'groups' | 'notice'> & { people: number }) {
  const { fields = {}, typed = {} } = notice ?? {}
  const isOpen = Boolean(fields.endsAt || fields.groupId || typed.endsOn || typed.groupId)
  return (
    <Disclosure
      open={isOpen}
      summary={
        <>
          <span className="text-section">Until when, and for whom</span>{' '}
          <span className="text-muted">Without an end, for everyone</span>
        </>
      }
    >
      <div className="mt-3 grid gap-4 sm:grid-cols-2">
        <PlainSelect
          id="ends"
          label="Ends"
          name="ends"
          value={typed.ends}
          options={[
            { value: 'never', label: 'Never' },
            { value: '30', label: 'In 30 days' },
            { value: '90', label: 'In 90 days' },
            { value: '365', label: 'In 1 year' },
          ]}
        />
        <TextField
          label="Or at the end of a day"
          type="date"
          name="endsOn"
          defaultValue={typed.endsOn}
          error={fields.endsAt}
        />
        {groups.length > 0 && (
          <PlainSelect
            id="group"
            label="For"
            name="groupId"
            value={typed.groupId}
            error={fields.groupId}
            options={[
              { value: '', label: 'Everyone' },
              ...groups.map(({ id, name }) => ({ value: id as string, label: name })),
            ]}
          />
        )}
      </div>
      <p className="mt-3 text-ink-2">{endOfEntryWords(people)}</p>
    </Disclosure>
  )
}

type PlainSelectProps = {
  id: string
  label: string
  name: string
  value: string | undefined
  options: { value: string; label: string }[]
  error?: string | undefined
}

function PlainSelect({ id, label, name, value, options, error }: PlainSelectProps) {
  return (
    <Field id={id} label={label} error={error}>
      <select
        id={id}
        name={name}
        defaultValue={value}
        aria-invalid={error ? true : undefined}
        className={`${FIELD_BOX} h-8 px-2 max-sm:h-10`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}
