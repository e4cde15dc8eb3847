import { backWith, NOTICE_TEXT_MAX } from './notice.ts'
import { type Form, readForm } from './read-form.ts'
import { refusalOf } from './refuse.ts'

/**
 * `act` names what the form does, `page` where it stands, `keeps` the fields that are shown again after a refusal (never a password),
 * `keepsEach` those of them that come several times, each a word: shown again as one text, with spaces between.
 */
type Door = { act: string; page: string; keeps?: readonly string[]; keepsEach?: readonly string[] }

/**
 * Answers a plain form: reads and checks it, does the work, sends the person on. A refusal leads back to the form's page,
 * with the words beneath the fields and with what was typed. Works without JavaScript.
 */
export async function answerForm(
  request: Request,
  door: Door,
  work: (form: Form) => Promise<Response>,
): Promise<Response> {
  const typed: Record<string, string> = {}
  try {
    const form = await readForm(request, door.act, (field, value) => {
      if (door.keeps?.includes(field)) typed[field] = value
      if (door.keepsEach?.includes(field)) typed[field] = wordsUpTo(typed[field], value)
    })
    return await work(form)
  } catch (thrown) {
    const { sentence, fields } = refusalOf(thrown)
    return backWith(door.page, { sentence, fields, typed })
  }
}

/** What no longer fits into a cookie is left out, a word at a time: of a choice, less is shown as chosen, and never more. */
function wordsUpTo(words: string | undefined, word: string): string {
  const longer = words ? `${words} ${word}` : word
  return longer.length > NOTICE_TEXT_MAX ? (words ?? '') : longer
}

/** Sends the browser on after a form, so that reloading sends nothing twice. */
export function seeOther(location: string, cookie?: string): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' })
  if (cookie) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
