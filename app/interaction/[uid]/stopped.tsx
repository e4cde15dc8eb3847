import { Ban, CirclePause, CircleX, DoorClosed, MapPinOff, TimerOff, UserX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Message } from '#components/shell/message'
import { PeopleShell } from '#components/shell/people-shell'
import { ButtonLink } from '#components/ui/button'
import type { InteractionView } from '#lib/gateways/oauth/interaction-view'
import { DemoBanner } from '../../demo-banner.tsx'
import { PersonFoot } from './back-to-app.tsx'

type Stop = Extract<
  InteractionView,
  {
    kind: 'blocked' | 'paused' | 'elsewhere' | 'closed' | 'unavailable' | 'refused' | 'gone' | 'not-awaited'
  }
>

/** The app does not get through, and nothing can be asked for here. Says what stands in the way and who could change it. */
export function Stopped({ view, sessionId = null }: { view: Stop; sessionId?: string | null }) {
  const { mark, title, sentences } = wordsFor(view)
  return (
    <PeopleShell
      banner={<DemoBanner />}
      foot={
        'person' in view ? <PersonFoot view={view} person={view.person} sessionId={sessionId} /> : undefined
      }
    >
      <Message mark={mark} title={title} acts={actsFor(view)}>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Message>
    </PeopleShell>
  )
}

function actsFor(view: Stop): ReactNode {
  switch (view.kind) {
    case 'gone':
      return <ButtonLink href="/my-apps">Go to My apps</ButtonLink>
    case 'not-awaited':
      return (
        <ButtonLink href="/device" isWhole>
          Type a new code
        </ButtonLink>
      )
    default:
      return undefined
  }
}

function wordsFor(view: Stop): { mark: ReactNode; title: string; sentences: string[] } {
  switch (view.kind) {
    case 'gone':
      return {
        mark: <TimerOff aria-hidden />,
        title: 'This page has served its time',
        sentences: [
          'It was answered already, it was open for too long, or it began at another browser. Nothing was shared.',
          'Go back to the app and begin there again.',
        ],
      }
    case 'not-awaited':
      return {
        mark: <TimerOff aria-hidden />,
        title: 'Start again on your device',
        sentences: [
          `The code that it showed has expired, or was used already. Nothing was shared with ${view.app.name}.`,
          'When it shows a new code, type that one.',
        ],
      }
    case 'blocked':
      return {
        mark: <Ban aria-hidden />,
        title: `${view.organization.name} has blocked ${view.app.name}`,
        sentences: [
          `The administrators of ${view.organization.name} decided that this app may not act for its people. Nothing was shared with it.`,
          'If you need it for your work, talk to one of them.',
        ],
      }
    case 'paused':
      return {
        mark: <CirclePause aria-hidden />,
        title: `${view.organization.name} has paused ${view.app.name}`,
        sentences: [
          'Nobody can use the app until an administrator lifts the pause. What you allowed before, and nobody removed, works again then.',
          'Nothing was shared with the app.',
        ],
      }
    case 'elsewhere':
      return {
        mark: <MapPinOff aria-hidden />,
        title: `${view.app.name} cannot be used from here`,
        sentences: [
          `${view.organization.name} lets this app in only from some networks, and ${view.address ? `your address, ${view.address},` : 'your address'} is in none of them. Nothing was shared with the app.`,
          `Connect to the network or VPN of ${view.organization.name}, and begin again at the app. If you are connected, tell one of ${view.organization.name}’s administrators from which address you came.`,
        ],
      }
    case 'closed':
      return {
        mark: <DoorClosed aria-hidden />,
        title: `${view.organization.name} takes no new apps for now`,
        sentences: [
          `Apps that you allowed before go on working. New ones, and more rights for old ones, have to wait until an administrator of ${view.organization.name} opens this again.`,
          `Nothing was shared with ${view.app.name}.`,
        ],
      }
    case 'unavailable':
      return {
        mark: <CircleX aria-hidden />,
        title: `${view.app.name} is not available to you`,
        sentences: [
          'The app was switched off by its publisher, or it is meant for the people of another organization.',
          'Nothing was shared with it. If it should work, its publisher can say why it does not.',
        ],
      }
    case 'refused':
      return {
        mark: <UserX aria-hidden />,
        title: 'You have no place where this app asks to act',
        sentences: [
          `${view.app.name} can act for people of an organization, and this account is not an active member of the one it asks for.`,
          'Nothing was shared with it. If you have another account, sign in with that one.',
        ],
      }
  }
}
