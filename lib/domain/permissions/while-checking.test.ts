import { expect, it } from 'vitest'
import { whileChecking } from './while-checking.ts'

const refused = new Error('not theirs')

it('gives what was read to whoever may', async () => {
  await expect(whileChecking(Promise.resolve(), Promise.resolve(7))).resolves.toBe(7)
})

it('says how reading failed to whoever may', async () => {
  const failed = Promise.reject(new Error('not there'))
  await expect(whileChecking(Promise.resolve(), failed)).rejects.toThrow('not there')
})

it('refuses whoever may not with that alone, whatever was read', async () => {
  await expect(whileChecking(Promise.reject(refused), Promise.resolve(7))).rejects.toBe(refused)
  const failed = Promise.reject(new Error('not there'))
  await expect(whileChecking(Promise.reject(refused), failed)).rejects.toBe(refused)
})

it('refuses as soon as it is known, and waits for no reading: how long it takes says nothing of what is there', async () => {
  const endless = new Promise(() => undefined)
  await expect(whileChecking(Promise.reject(refused), endless)).rejects.toBe(refused)
})
