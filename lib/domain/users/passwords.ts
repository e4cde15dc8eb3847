import { hash, verify } from '@node-rs/argon2'

/** OWASP's present floor for argon2id, the library's own choice of algorithm: 19 MiB, two passes, one lane; 14 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** What is stored of a password: argon2id, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST)
}

/** Whether the password is the one behind the hash. */
export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFKC'))
}
