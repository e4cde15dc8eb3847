'use client'

import { ROLE } from '#components/connected-apps/app-words'
import { RadioGroup } from '#components/ui/radio-group'
import { TextField } from '#components/ui/text-field'
import { ROLE_HINT } from '#components/users/people-words'

export type Role = keyof typeof ROLE
/** A role as it is being chosen, with a developer's quota as it is typed. */
export type RoleDraft = { role: Role; quota: string }

type Props = {
  value: RoleDraft
  onChange: (value: RoleDraft) => void
  errors?: Readonly<Record<string, string>>
}

const ROLES = Object.keys(ROLE) as Role[]

/** Which role, and for a developer how many apps they may own. */
export function RoleFields({ value, onChange, errors = {} }: Props) {
  return (
    <>
      <RadioGroup
        legend="Role"
        name="role"
        look="cards"
        value={value.role}
        onChange={(role) => onChange({ ...value, role: role as Role })}
        options={ROLES.map((role) => ({ value: role, label: ROLE[role], hint: ROLE_HINT[role] }))}
        error={errors.role}
      />
      {value.role === 'developer' && (
        <TextField
          label="How many apps they may own there and below"
          aside="Optional"
          hint="Left empty, only the limit of the whole organization holds."
          inputMode="numeric"
          autoComplete="off"
          className="sm:max-w-32"
          maxLength={6}
          value={value.quota}
          onChange={(event) => onChange({ ...value, quota: event.target.value })}
          error={errors.appsMax}
        />
      )}
    </>
  )
}

/** What a verb is told of it; what is no number stays wrong, and is refused under its field. */
export function roleInput({ role, quota }: RoleDraft): { role: Role; appsMax: number | null } {
  const typed = quota.trim()
  return { role, appsMax: role === 'developer' && typed !== '' ? Number(typed) : null }
}
