import { redirect } from 'next/navigation'
import { currentActor } from '#lib/gateways/console/actor'
import { landingOf } from '#lib/gateways/console/landing'

/** The start leads on: to sign in, to the console, or to My apps. */
export default async function StartPage() {
  const actor = await currentActor()
  redirect(actor ? await landingOf(actor) : '/sign-in')
}
