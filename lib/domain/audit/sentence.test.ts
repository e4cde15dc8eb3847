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
