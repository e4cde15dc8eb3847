import { counted } from '#components/connected-apps/app-words'

export type SettingsValues = {
  name: string
  website: string
  appCreation: 'nobody' | 'administrators' | 'developers'
  /** As it is typed; empty for no limit. */
  secretDaysMax: string
  allowsPasswordTokens: boolean
}

export const APP_CREATION = {
  developers: { label: 'Administrators and developers', hint: 'Each where they have that role.' },
  administrators: { label: 'Administrators only', hint: 'Developers look after the apps they own.' },
  nobody: { label: 'Nobody', hint: 'Apps that exist go on: they can be changed, rotated and deleted.' },
} as const

/** What becomes what, for the save bar. */
export function becomes(
  changed: readonly (keyof SettingsValues)[],
  saved: SettingsValues,
  values: SettingsValues,
): string {
  const said: Record<keyof SettingsValues, () => string> = {
    name: () =>
      values.name.trim() ? `“${saved.name}” becomes “${values.name.trim()}”.` : 'A name is needed.',
    website: () =>
      values.website.trim() ? `The website becomes ${values.website.trim()}.` : 'The website goes.',
    appCreation: () =>
      `Who creates apps: ${APP_CREATION[values.appCreation].label.toLowerCase()} instead of ${APP_CREATION[saved.appCreation].label.toLowerCase()}.`,
    secretDaysMax: () =>
      values.secretDaysMax.trim() === ''
        ? 'New secrets may live without an end.'
        : /^\d+$/.test(values.secretDaysMax.trim())
          ? `New secrets live ${counted(Number(values.secretDaysMax), 'day')} at most.`
          : 'The longest life of a secret is given in whole days.',
    allowsPasswordTokens: () =>
      values.allowsPasswordTokens
        ? 'Scripts will be able to sign in with people’s passwords.'
        : 'Scripts will no longer sign in with people’s passwords.',
  }
  return changed.map((key) => said[key]()).join(' ')
}

/** A field's name and what is saved in it, for people. */
export function inWords(key: keyof SettingsValues, saved: SettingsValues): { label: string; saved: string } {
  const said: Record<keyof SettingsValues, { label: string; saved: string }> = {
    name: { label: 'Name', saved: saved.name },
    website: { label: 'Website', saved: saved.website },
    appCreation: { label: 'Who may create apps', saved: APP_CREATION[saved.appCreation].label },
    secretDaysMax: {
      label: 'Longest life of a secret',
      saved: saved.secretDaysMax ? `${saved.secretDaysMax} days` : 'No limit',
    },
    allowsPasswordTokens: {
      label: 'Password tokens',
      saved: saved.allowsPasswordTokens ? 'Allowed' : 'Not allowed',
    },
  }
  return said[key]
}

/** What is sent: only what changed, each as the verb reads it. A number that is none is left for the verb to refuse. */
export function inputOf(changed: readonly (keyof SettingsValues)[], values: SettingsValues) {
  const whole: Record<keyof SettingsValues, unknown> = {
    ...values,
    website: values.website.trim() === '' ? null : values.website,
    secretDaysMax: values.secretDaysMax.trim() === '' ? null : Number(values.secretDaysMax),
  }
  return Object.fromEntries(changed.map((key) => [key, whole[key]]))
}
