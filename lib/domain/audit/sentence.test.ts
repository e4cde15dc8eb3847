import { expect, it } from 'vitest'
import { sentenceOf } from './sentence.ts'

const EVENT = { name: 'authorization.removed' as const, actorName: 'Priya', subjectName: 'Sheetbridge' }

it('says who did what to what, with other names from the details', () => {
  expect(sentenceOf({ ...EVENT, details: { person: 'Maya' } })).toBe(
    'Priya removed the authorization of Maya for Sheetbridge',
  )
})

it('lets no detail stand for who did it', () => {
  const details = { person: 'Maya', actor: 'Somebody else', subject: 'Something else' }
  expect(sentenceOf({ ...EVENT, details })).toBe('Priya removed the authorization of Maya for Sheetbridge')
})

it('puts a dash where no name was kept', () => {
  expect(sentenceOf({ ...EVENT, details: { person: { name: 'Maya' } } })).toBe(
    'Priya removed the authorization of – for Sheetbridge',
  )
})

it('says of a limit that there was none', () => {
  const limited = { ...EVENT, name: 'organization.apps-limit-changed' as const, subjectName: 'Acme' }
  expect(sentenceOf({ ...limited, details: { before: null, after: 2000 } })).toBe(
    'Priya changed the limit of apps of Acme from no limit to 2,000',
  )
})
