'use client'

import { CircleX, Plus, SlidersHorizontal } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { Menu } from '#components/ui/menu'
import type { Id } from '#lib/base/ids'
import type { DocumentedApi, DocumentedScope } from '#lib/domain/connected-apps/list-apis'
import type { Server } from '#lib/domain/connected-apps/list-servers'

const loadApiDialog = () => import('./api-dialog.tsx')
const loadScopeDialog = () => import('./scope-dialog.tsx')
const ApiDialog = dynamic(loadApiDialog, { ssr: false })
const ScopeDialog = dynamic(loadScopeDialog, { ssr: false })
const EndDialog = dynamic(() => import('./end-dialog.tsx'), { ssr: false })

/** What a dialog needs to know of an API. */
export type ActedApi = Omit<DocumentedApi, 'scopes' | 'abilities'>

/** The button that begins a new API. */
export function AddApi(props: { organizationId: Id<'organization'>; servers: readonly Server[] }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="primary"
        icon={<Plus aria-hidden />}
        onPointerEnter={loadApiDialog}
        onFocus={loadApiDialog}
        onClick={() => setOpen(true)}
      >
        Create API
      </Button>
      {isOpen && <ApiDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

type ApiProps = { api: DocumentedApi; servers: readonly Server[]; mayUpdate: boolean; mayEnd: boolean }

/** What may be done with an API: a scope more, other words, an end. */
export function ApiActs({ api: { scopes: _, abilities: __, ...api }, servers, mayUpdate, mayEnd }: ApiProps) {
  const [dialog, setDialog] = useState<'scope' | 'edit' | 'end' | null>(null)
  const close = () => setDialog(null)
  const addButton = useRef<HTMLButtonElement>(null)
  // An API that was just created is drawn after its address was called: the browser has not gone there.
  useEffect(() => {
    if (window.location.hash !== `#${api.id}`) return
    document.getElementById(api.id)?.scrollIntoView()
    addButton.current?.focus({ preventScroll: true })
  }, [api.id])
  return (
    <>
      <Button
        size="small"
        icon={<Plus aria-hidden />}
        ref={addButton}
        aria-label={`Create scope in ${api.name}`}
        onPointerEnter={loadScopeDialog}
        onFocus={loadScopeDialog}
        onClick={() => setDialog('scope')}
      >
        Create scope
      </Button>
      <Menu
        label={`More actions for ${api.name}`}
        entries={[
          ...(mayUpdate
            ? [
                {
                  label: 'Edit…',
                  icon: <SlidersHorizontal aria-hidden />,
                  onSelect: () => setDialog('edit'),
                },
              ]
            : []),
          ...(mayEnd
            ? [
                {
                  label: 'End…',
                  icon: <CircleX aria-hidden />,
                  danger: true,
                  onSelect: () => setDialog('end'),
                },
              ]
            : []),
        ]}
      />
      {dialog === 'scope' && <ScopeDialog api={api} onClose={close} />}
      {dialog === 'edit' && <ApiDialog api={api} servers={servers} onClose={close} />}
      {dialog === 'end' && <EndDialog api={api} onClose={close} />}
    </>
  )
}

type ScopeProps = { api: DocumentedApi; scope: DocumentedScope; mayEnd: boolean }

/** What may be done with a scope: other words, an end. */
export function ScopeActs({ api: { scopes: _, abilities: __, ...api }, scope, mayEnd }: ScopeProps) {
  const [dialog, setDialog] = useState<'edit' | 'end' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      <Button size="small" aria-label={`Edit ${scope.name}`} onClick={() => setDialog('edit')}>
        Edit
      </Button>
      {mayEnd && (
        <Button
          size="small"
          variant="danger-quiet"
          aria-label={`End ${scope.name}`}
          onClick={() => setDialog('end')}
        >
          End…
        </Button>
      )}
      {dialog === 'edit' && <ScopeDialog api={api} scope={scope} onClose={close} />}
      {dialog === 'end' && <EndDialog api={api} scope={scope} onClose={close} />}
    </>
  )
}
