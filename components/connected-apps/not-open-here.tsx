import { Notice } from '#components/ui/notice'

/** Said of a request for an app that has become its publisher's own: there is nothing to approve. */
export function NotOpenHere({ app }: { app: { name: string; publisher: string } }) {
  return (
    <Notice tone="bad">
      {app.name} is open only to people of {app.publisher} by now. Nobody here could use it, so it cannot be
      approved.
    </Notice>
  )
}
