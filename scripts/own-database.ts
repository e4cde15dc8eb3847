/** The demo, development and the journeys bring a database and a key of their own and send no mail, whatever the environment offers. */
export function ignoreServicesOfEnvironment(): void {
  for (const name of ['DATABASE_URL', 'SECRET_KEY', 'SECRET_KEY_PREVIOUS', 'SMTP_URL', 'MAIL_FROM'])
    delete process.env[name]
}

/** Whether to begin with an empty database: `npm run demo -- --fresh`. */
export function isFresh(): boolean {
  return process.argv.includes('--fresh')
}
