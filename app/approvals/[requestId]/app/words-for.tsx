import { Ban, CircleCheck, CircleX, Clock, Hourglass, PackageX } from 'lucide-react'
import type { ReactNode } from 'react'
import type { WayOn } from '#lib/domain/allowlist/get-way-on'
import type { Rest } from '#lib/gateways/oauth/way-on'

const WORDS_FOR_REST: Record<Rest, string> = {
  kept: 'Where you stopped is kept for a day, at the browser where you began.',
  'kept-for-device':
    'Where you stopped is kept as long as your device waits, at the browser where you began.',
  'on-device': 'Start again on your device: it waited for some minutes only.',
}

type Words = { mark: ReactNode; title: string; sentences: string[] }

/** What became of a request, in words for whoever asked, by what is left of where they stopped. */
export function wordsFor(way: WayOn, rest: Rest | null): Words {
  const { app, organization, reason } = way
  const hasAddress = Boolean(rest || app.initiateLoginUri || app.website)
  const begin = hasAddress ? [] : [`Open ${app.name} as you did before, and begin there.`]
  switch (way.state) {
    case 'approved':
    case 'listed':
      if (way.isOver)
        return {
          mark: <Clock aria-hidden />,
          title: `${app.name} is no longer approved at ${organization.name}`,
          sentences: [
            'Your request was approved, and what was approved has ended or was taken away since. If you still need the app, begin there again and ask once more.',
            ...begin,
          ],
        }
      return {
        mark: <CircleCheck className="text-ok" aria-hidden />,
        title: `${app.name} is approved at ${organization.name}`,
        sentences: [
          way.isPartial
            ? 'It is approved for a part of what it asked for. Where it insists on the rest, it is stopped again.'
            : 'You still decide yourself what you allow it.',
          ...begin,
          ...(rest ? [WORDS_FOR_REST[rest]] : []),
        ],
      }
    case 'not-needed':
      return {
        mark: <CircleCheck className="text-ok" aria-hidden />,
        title: `${app.name} needs no approval any more`,
        sentences: [
          `${organization.name} has changed its policy. You still decide yourself what you allow it.`,
          ...begin,
          ...(rest ? [WORDS_FOR_REST[rest]] : []),
        ],
      }
    case 'declined':
      return {
        mark: <CircleX aria-hidden />,
        title: `Your request for ${app.name} was declined`,
        sentences: [
          reason ? `The reason: “${reason}”` : 'No reason was given.',
          `If you still need it, begin at the app again and ask once more, or talk to an administrator of ${organization.name}.`,
        ],
      }
    case 'blocked':
      return {
        mark: <Ban aria-hidden />,
        title: `${organization.name} has blocked ${app.name}`,
        sentences: [
          'Your request ended with that. If you need the app for your work, talk to an administrator.',
        ],
      }
    case 'withdrawn':
      return {
        mark: <Clock aria-hidden />,
        title: `Your request for ${app.name} is over`,
        sentences: [
          `It was taken back while nobody who asked was at ${organization.name}, or had an account in use. If you still need the app, begin there again and ask once more.`,
          ...begin,
        ],
      }
    case 'app-gone':
      return {
        mark: <PackageX aria-hidden />,
        title: 'This app is no longer there',
        sentences: [`${app.name} was deleted by its publisher.`],
      }
    case 'open':
      return {
        mark: <Hourglass aria-hidden />,
        title: `Your request for ${app.name} waits`,
        sentences: [`Nobody at ${organization.name} has answered it yet. You get a mail when somebody does.`],
      }
    default:
      return {
        mark: <Clock aria-hidden />,
        title: `Your request for ${app.name} is over`,
        sentences: [
          'Nobody answered it in time. If you still need the app, begin there again and ask once more.',
          ...begin,
        ],
      }
  }
}
