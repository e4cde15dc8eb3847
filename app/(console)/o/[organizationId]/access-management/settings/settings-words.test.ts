import { describe, expect, it } from 'vitest'
import { becomes, inputOf, type SettingsValues } from './settings-words.ts'

const saved: SettingsValues = {
  name: 'Acme',
  website: 'https://acme.example',
  appCreation: 'developers',
  secretDaysMax: '',
  allowsPasswordTokens: false,
}

describe('what is sent of the settings', () => {
  it('is what changed alone, emptied fields as nothing', () => {
    const values = { ...saved, name: 'Acme Works', website: ' ', secretDaysMax: '90' }
    expect(inputOf(['website', 'secretDaysMax'], values)).toEqual({ website: null, secretDaysMax: 90 })
    expect(inputOf(['secretDaysMax'], saved)).toEqual({ secretDaysMax: null })
    expect(inputOf([], values)).toEqual({})
  })

  it('leaves what is no number for the verb to refuse', () => {
    expect(inputOf(['secretDaysMax'], { ...saved, secretDaysMax: 'soon' })).toEqual({
      secretDaysMax: Number.NaN,
    })
  })
})

describe('the save bar', () => {
  it('says of each change what becomes what', () => {
    const values: SettingsValues = { ...saved, appCreation: 'nobody', secretDaysMax: '90' }
    expect(becomes(['appCreation', 'secretDaysMax'], saved, values)).toBe(
      'Who creates apps: nobody instead of administrators and developers. New secrets live 90 days at most.',
    )
    expect(becomes(['website'], saved, { ...saved, website: '' })).toBe('The website goes.')
  })

  it('does not say that what cannot be will be', () => {
    const values: SettingsValues = { ...saved, name: ' ', secretDaysMax: 'soon' }
    expect(becomes(['name', 'secretDaysMax'], saved, values)).toBe(
      'A name is needed. The longest life of a secret is given in whole days.',
    )
    expect(becomes(['secretDaysMax'], saved, { ...saved, secretDaysMax: '1' })).toBe(
      'New secrets live 1 day at most.',
    )
  })
})
