import { type ChildProcess, spawn } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type ReceivedMail = Email & { /** Whom the envelope named. */ recipients: string[] }

export type MailServer = {
  /** What SMTP_URL is set to. */
  url: string
  port: number
  received: ReceivedMail[]
  stop(): Promise<void>
}

/**
 * A real mail server on loopback that takes everything, unless told otherwise. `taken` runs when a mail has come whole and
 * before the server says 250.
 */
export async function startMailServer(
  options: SMTPServerOptions & { port?: number; taken?: () => Promise<void> } = {},
): Promise<MailServer> {
  const { port = 0, taken, ...more } = options
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        received.push({ ...(await PostalMime.parse(Buffer.concat(chunks))), recipients })
        await taken?.()
        done()
      })
    },
    ...more,
  })
  // Clients that hang up, as they do when they do not trust it, are no news.
  server.on('error', () => undefined)
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const { port: opened } = server.server.address() as AddressInfo
  return {
    url: `${more.secure ? 'smtps' : 'smtp'}://127.0.0.1:${opened}`,
    port: opened,
    received,
    stop: () => new Promise<void>((stopped) => server.close(stopped)),
  }
}

/** Starts a process of its own that sends one mail of this worker's database. */
export function startSender(mailId: string, url: string, secretKey: string): ChildProcess {
  return startProcess('test/send-one-mail.ts', [mailId], { url, secretKey })
}

/** The same for a file of `test` and what it is told; it mails by that server, if it comes to that. */
export function startProcess(
  file: string,
  told: readonly string[],
  { url, secretKey }: { url: string; secretKey: string },
): ChildProcess {
  const env = {
    ...process.env,
    SECRET_KEY: secretKey,
    PUBLIC_URL: 'https://id.example.com',
    SMTP_URL: url,
    MAIL_FROM: 'gatehouse@example.com',
  }
  return spawn(process.execPath, [file, ...told], { env, stdio: 'inherit' })
}
