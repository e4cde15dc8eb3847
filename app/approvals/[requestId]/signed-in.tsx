import { PersonLine } from '#components/ui/person-line'

/** Who is signed in, at the top of the page. */
export function SignedIn({ name, place }: { name: string; place?: string }) {
  return (
    <span className="max-sm:hidden">
      <PersonLine name={name} detail={place} size="medium" />
    </span>
  )
}
