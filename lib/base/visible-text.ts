/**
 * Signs that are not seen and change what is: control characters, the ones that turn the reading direction around, tags and
 * others without a shape. Joiners stay, because whole scripts and many emoji need them.
 */
const UNSEEN = /(?!\u200c|\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/u
/** The same, in a text that may have lines. */
const UNSEEN_IN_LINES = /(?!\u200c|\u200d|[\t\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/u

export const UNSEEN_SENTENCE = 'This holds characters that cannot be seen. Type it anew.'

/** Whether a name reads as it is: nobody is to take one app, person or organization for another. */
export function isVisible(name: string): boolean {
  return !UNSEEN.test(name)
}

/** Whether a text of several lines reads as it is. */
export function isVisibleText(text: string): boolean {
  return !UNSEEN_IN_LINES.test(text)
}
