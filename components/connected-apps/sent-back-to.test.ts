import { expect, it } from 'vitest'
import { sentBackTo } from './sent-back-to.tsx'

it.each([
  [['app.example', 'staging.app.example'], 'app.example, staging.app.example'],
  [['127.0.0.1', 'example.field-notes:'], 'an app on their device (127.0.0.1, example.field-notes)'],
  [['app.example', 'localhost:8080'], 'app.example, an app on their device (localhost:8080)'],
  [[], ''],
])('says of %j: %s', (hosts, words) => {
  expect(sentBackTo(hosts)).toBe(words)
})
