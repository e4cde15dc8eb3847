import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'

/** In the place of a person or a group that is not there, or that one may not know of. */
export default function PeopleNotFound() {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="There is nobody of that ID here"
        act={<ButtonLink href="/">Go to the start</ButtonLink>}
      >
        They may have left, or belong to a part of the organization that you do not administer.
      </EmptyState>
    </>
  )
}
