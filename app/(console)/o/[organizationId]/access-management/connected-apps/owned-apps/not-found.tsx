import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'

/** In the place of an app that is not there, or that the person may not know of. */
export default function AppNotFound() {
  return (
    <>
      <h1 className="sr-only">App not found</h1>
      <EmptyState
        title="There is no such app here"
        act={<ButtonLink href="/">Go to the apps you look after</ButtonLink>}
      >
        It may have been deleted, or it belongs to a part of the organization that you do not administer.
      </EmptyState>
    </>
  )
}
