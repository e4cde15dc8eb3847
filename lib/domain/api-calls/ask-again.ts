import { type Transaction, transaction } from '#db/client'

/**
 * Opens once more what a request was about, with nothing to change: before its kept answer is shown again. What opens it
 * refuses whoever lost the right meanwhile, as it would refuse the request itself.
 */
export async function askAgain(open: (tx: Transaction) => Promise<unknown>): Promise<void> {
  await transaction(async (tx) => {
    await open(tx)
  })
}
