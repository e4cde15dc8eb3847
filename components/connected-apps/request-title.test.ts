import { expect, it } from 'vitest'
import { requestTitle } from './request-title.tsx'

const asked = { app: { name: 'Parcelwise' }, organization: { name: 'Northwind' }, added: ['openid', 'email'] }
const entry = { group: null, outsiders: 0 }

it.each([
  [{ ...asked, entry: null }, 'Parcelwise is new at Northwind and asks for 2 scopes'],
  [{ ...asked, added: [], entry: null }, 'Parcelwise is new at Northwind'],
  [{ ...asked, added: ['email'], entry }, 'Parcelwise asks for 1 scope beyond its entry'],
  [
    { ...asked, entry: { group: { name: 'Finance' }, outsiders: 2 } },
    'Parcelwise is asked for outside Finance',
  ],
])('says what a request is about', (request, title) => {
  expect(requestTitle(request)).toBe(title)
})
