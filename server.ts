import { issueSetupCode } from '#lib/domain/organizations/issue-setup-code'
import { begin } from './server/begin.ts'
import { serve } from './server/serve.ts'

/** `npm start`: production, on DATABASE_URL or on a Postgres of its own. No accounts exist until the first visit makes one. */
await begin(() => serve({ purpose: 'production', ready: greet }))

async function greet(publicUrl: string): Promise<void> {
  const code = await issueSetupCode()
  const firstVisit = code
    ? `Nobody can sign in yet. Open ${publicUrl}/set-up and enter this code, once and within the hour:\n\n    ${code}\n\n`
    : ''
  process.stdout.write(`\nGatehouse answers at ${publicUrl}\n${firstVisit}\n`)
}
