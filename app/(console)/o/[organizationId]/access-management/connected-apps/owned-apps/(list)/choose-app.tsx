import { Checkbox } from '#components/ui/checkbox'

/** The box of a row whose secret the person may rotate. */
export function ChooseApp({ app }: { app: { id: string; name: string } }) {
  return <Checkbox name="app" value={app.id} aria-label={`Choose ${app.name}`} className="relative z-1" />
}
