import { hash, verify } from '@node-rs/argon2'

/** OWASP's least for argon2id (the library's default kind): 19 MiB, two passes, one lane; about 14 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** What is stored of a password: argon2id with a salt of its own. */
export function hashPassword(text: string): Promise<string> {
  return hash(text.normalize('NFC'), COST)
}

/** Whether the text is the password that was hashed. Takes as long for a wrong one as for the right one. */
export function verifyPassword(storedHash: string, text: string): Promise<boolean> {
  return verify(storedHash, text.normalize('NFC'))
}
