import { redirect } from 'next/navigation'
import { currentActor, currentSession } from '#lib/gateways/console/actor'
import { landingOf } from '#lib/gateways/console/landing'

/** The start leads on: to sign in, to the console, to the operator's place, or to My apps. */
export default async function StartPage() {
  const [actor, session] = await Promise.all([currentActor(), currentSession()])
  redirect(actor ? await landingOf(actor, session?.isOperator ?? false) : '/sign-in')
}
