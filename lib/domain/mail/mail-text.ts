import { environment } from '../../base/env.ts'

export type MailWords = {
  /** Whom it greets, by name; null where no name is known. */
  to: string | null
  /** What happened, in a paragraph or two. */
  happened: readonly string[]
  /** What to do now, and the one link of this mail, a path of ours: it gets a line of its own. */
  link?: { words: string; path: string; goodFor?: string }
  /** What to do if the person knows nothing of it. */
  ifNotYou?: string
  /** Why they get this mail. */
  why: string
}

/**
 * The text of a mail, always of the same parts: greeting, what happened, one link on a line of its own, what if it was not
 * you, why you get this. Links begin with PUBLIC_URL, whatever host a request named. Names cannot begin new lines.
 */
export function mailText({ to, happened, link, ifNotYou, why }: MailWords): string {
  const origin = environment().publicUrl
  const paragraphs: (string | undefined)[][] = [
    [to === null ? 'Hello,' : `Hello ${to},`],
    ...happened.map((paragraph) => [paragraph]),
    ...(link ? [[link.words], [`${origin}${link.path}`], [link.goodFor]] : []),
    [ifNotYou],
    [why, `Gatehouse at ${origin}`],
  ]
  const written = paragraphs.map((lines) => lines.filter((line) => line !== undefined).map(inOneLine))
  return `${written
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const UNSEEN = /(?!\u200c|\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

/** A text that begins no new line and hides no signs: a subject, a sentence with somebody's name in it. */
export function inOneLine(text: string): string {
  return text.replace(UNSEEN, ' ').trim()
}
