import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useRef, useState, useTransition } from 'react'
import { AppTile } from '#components/ui/app-tile'
import { Button } from '#components/ui/button'
import { Chip } from '#components/ui/chip'
import { Dialog } from '#components/ui/dialog'
import { TextField } from '#components/ui/text-field'
import type { FoundApp } from '#lib/domain/allowlist/list-listable-apps'
import { readApi } from '../../../../../../read-api.ts'
import { urlWith } from '../../../../../../url-query.ts'
import type { StepProps } from './add-app-dialog.tsx'
import { looksLikeClientId } from './client-id.ts'

/** Which app: found by its name among those that are known here, or named by its client ID. */
export function WhichApp({ clientId, error, organization, path, query, onClose }: StepProps) {
  const router = useRouter()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(clientId)
  const [isLooking, startTransition] = useTransition()
  const look = (id: string) =>
    startTransition(() =>
      router.replace(urlWith(path, { ...query, add: 'app', 'client-id': id }), { scroll: false }),
    )
  const search = useDeferredValue(typed.trim())
  const isName = search !== '' && !looksLikeClientId(search)
  const found = useQuery({
    queryKey: ['listable-apps', organization.id, search],
    queryFn: () =>
      readApi<{ data: FoundApp[] }>(
        `/organizations/${organization.id}/listable-apps?search=${encodeURIComponent(search)}`,
      ),
    enabled: isName,
    placeholderData: keepPreviousData,
  })
  const apps = isName ? (found.data?.data ?? []) : []
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add an app to the allowlist"
      description={`Members of ${organization.name} may authorize it then, without asking.`}
      initialFocus={field}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form="which-app"
            pending={isLooking}
            disabled={!looksLikeClientId(typed) && apps.length !== 1}
          >
            Find app
          </Button>
        </>
      }
    >
      <form
        id="which-app"
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          const [only] = apps
          if (looksLikeClientId(typed)) look(typed.trim())
          else if (only && apps.length === 1) look(only.clientId)
        }}
      >
        <TextField
          ref={field}
          label="Name or client ID"
          hint="By name you find your own apps and those people here met. Of any other its publisher tells you the client ID."
          error={typed === clientId ? error : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <div role="status">
          {isName && found.isError && (
            <p className="text-bad">The apps could not be read. Check your connection.</p>
          )}
          {isName && found.data && apps.length === 0 && (
            <p className="text-ink-2">No app that is known here has this name. Try its client ID.</p>
          )}
        </div>
        {apps.length > 0 && (
          <ul aria-label="Apps with this name" className="flex flex-col gap-0.5">
            {apps.map((app) => (
              <li key={app.appId}>
                <button
                  type="button"
                  onClick={() => look(app.clientId)}
                  className="flex w-full items-center gap-2.5 rounded-control px-2 py-1.5 text-left hover:bg-hover"
                >
                  <AppTile id={app.appId} name={app.name} />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">{app.name}</span>
                    <span className="block truncate text-meta text-muted">{app.publisher}</span>
                  </span>
                  {app.isListed && <Chip outline>Listed</Chip>}
                </button>
              </li>
            ))}
          </ul>
        )}
      </form>
    </Dialog>
  )
}
