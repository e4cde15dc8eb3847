import { createTransport } from 'nodemailer'
import { environment } from './env.ts'

/** Long enough for a server that looks at a mail before it takes it, and well below a minute's clock for the rest. */
const CONNECT_SECONDS_MAX = 15
const ANSWER_SECONDS_MAX = 60
/** For the whole conversation: a server that says a little now and then holds nobody up for longer. */
const TALK_SECONDS_MAX = 90

export type Letter = {
  /** Without brackets; the same for every try, so that a mail which arrives twice is known to be one. */
  messageId: string
  to: string
  subject: string
  /** Plain text. */
  text: string
  writtenAt: Date
}

/**
 * Hands a mail to the server that SMTP_URL names, and returns once the server has taken it (250). Certificates are
 * verified, and nothing goes in the open but to a server on this machine. Throws what `mailProblem` reads, after `seconds` at
 * the latest.
 */
export async function handToMailServer(letter: Letter, seconds = TALK_SECONDS_MAX): Promise<void> {
  const { mail } = environment()
  if (!mail) throw new Error('SMTP_URL is not set: whoever sends looks first.')
  const { server, from } = mail
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.isSecure,
    requireTLS: !server.isSecure && !server.isThisMachine,
    ignoreTLS: !server.isSecure && server.isThisMachine,
    auth: server.login,
    connectionTimeout: CONNECT_SECONDS_MAX * 1000,
    greetingTimeout: CONNECT_SECONDS_MAX * 1000,
    socketTimeout: ANSWER_SECONDS_MAX * 1000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      messageId: `<${letter.messageId}>`,
      date: letter.writtenAt,
      from,
      // As an object it is one address, whatever signs it holds.
      to: { name: '', address: letter.to },
      subject: letter.subject,
      text: letter.text,
      headers: { 'Auto-Submitted': 'auto-generated' },
      signal: AbortSignal.timeout(seconds * 1000),
    })
  } finally {
    transport.close()
  }
}

/** Why a mail was not taken. */
export type MailProblem = {
  /** They name no address. */
  words: string
  /** Trying again is of no use. */
  isFinal: boolean
  /** Nothing is wrong with the server: it may well take another mail. */
  isOfThisMail: boolean
}

const WORDS_MAX = 200
/** The codes of RFC 3463 for an address that is none. Any other "no" may be ours to mend, so it is asked again. */
const NO_SUCH_ADDRESS = /^5\d\d[ -]5\.1\.(1|2|3|6|10)\b/

/** The server ends the conversation, whatever was said last (RFC 5321 §3.8). */
const CLOSING = 421

export function mailProblem(thrown: unknown): MailProblem {
  const { code, command, responseCode, response, message } = thrown as {
    code?: unknown
    command?: unknown
    responseCode?: unknown
    response?: unknown
    message?: unknown
  }
  const isAnswer = typeof responseCode === 'number'
  const said = String((isAnswer && response) || message || 'no answer')
  const words = [typeof code === 'string' ? `${code}:` : '', said].join(' ').trim()
  return {
    words: words
      .replace(/\S+@\S+/g, '(address)')
      .replace(/\s+/g, ' ')
      .slice(0, WORDS_MAX),
    isFinal: isAnswer && NO_SUCH_ADDRESS.test(said),
    isOfThisMail: isAnswer && responseCode !== CLOSING && (command === 'RCPT TO' || command === 'DATA'),
  }
}
