import { existsSync } from 'node:fs'
import { inspect } from 'node:util'
import { errorForLog } from '#lib/base/error-for-log'
import { isRefusal } from '#lib/base/refusal'

/** Runs a command: reads `.env` if there is one, and ends with a sentence and exit code 1 when the command is refused. */
export async function begin(command: () => Promise<void>): Promise<void> {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
    await command()
  } catch (error) {
    process.stderr.write(
      `\n${isRefusal(error) ? error.sentence : inspect(errorForLog(error), { depth: 6 })}\n\n`,
    )
    process.exit(1)
  }
}
