'use client'

import { Ban, Link2, Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Menu } from '#components/ui/menu'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { Row, TableBox, Td, Th } from '#components/ui/table'
import type { Id } from '#lib/base/ids'
import { Ends } from './ends.tsx'
import { PublishedKeys } from './published-keys.tsx'

const AddKeyDialog = dynamic(() => import('./add-key-dialog.tsx'), { ssr: false })
const EndKeyDialog = dynamic(() => import('./end-key-dialog.tsx'), { ssr: false })
const JwksUriDialog = dynamic(() => import('./jwks-uri-dialog.tsx'), { ssr: false })

/** A live key as it is listed. */
export type KeyLine = {
  id: Id<'appKey'>
  name: string
  kid: string
  kind: string
  createdBy: string | null
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
  lastUsedIp: string | null
}
export type SigningApp = { id: Id<'app'>; name: string; jwksUri: string | null; keys: KeyLine[] }

type Opened = { act: 'add' | 'address' } | { act: 'end'; key: KeyLine }

/** The public keys an app may sign with instead of showing a secret: registered here, and published by itself. */
export function KeysPanel({ app, mayChange }: { app: SigningApp; mayChange: boolean }) {
  const [open, setOpen] = useState<Opened | null>(null)
  const close = () => setOpen(null)
  const add = mayChange && (
    <Button icon={<Plus aria-hidden />} onClick={() => setOpen({ act: 'add' })}>
      Add key…
    </Button>
  )
  const address = mayChange && (
    <Button icon={<Link2 aria-hidden />} onClick={() => setOpen({ act: 'address' })}>
      {app.jwksUri ? 'Change address…' : 'Fetch from an address…'}
    </Button>
  )
  const isEmpty = app.keys.length === 0 && !app.jwksUri
  return (
    <Section
      title="Public keys"
      hint="Instead of showing a secret, the app may sign (private_key_jwt): then nobody here holds anything to steal."
      acts={
        !isEmpty && (
          <>
            {address}
            {add}
          </>
        )
      }
    >
      {isEmpty && (
        <EmptyState
          title="No keys"
          act={
            <>
              {add}
              {address}
            </>
          }
        >
          Give the public half of a key pair, as a JWK, a JWKS or PEM, or the address where the app publishes
          its keys. Secrets go on working beside them.
        </EmptyState>
      )}
      {app.keys.length > 0 && (
        <KeysTable keys={app.keys} onEnd={mayChange ? (key) => setOpen({ act: 'end', key }) : undefined} />
      )}
      {app.jwksUri && <PublishedKeys appId={app.id} jwksUri={app.jwksUri} />}
      {open?.act === 'add' && <AddKeyDialog app={app} onClose={close} />}
      {open?.act === 'address' && <JwksUriDialog app={app} onClose={close} />}
      {open?.act === 'end' && <EndKeyDialog app={app} signingKey={open.key} onClose={close} />}
    </Section>
  )
}

function KeysTable({ keys, onEnd }: { keys: KeyLine[]; onEnd?: (key: KeyLine) => void }) {
  return (
    <TableBox label="Public keys">
      <thead>
        <tr>
          <Th>Key</Th>
          <Th from="wide">Added by</Th>
          <Th from="narrow">Ends</Th>
          <Th from="medium">Last used</Th>
          <Th hiddenLabel="Acts" />
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Row tall key={key.id}>
            <Td className="w-full max-w-0 @min-[36rem]:w-2/5">
              <span className="block truncate font-medium">{key.name}</span>
              <span className="block truncate text-meta text-muted">
                {key.kind} · <span className="font-mono">{key.kid}</span>
              </span>
              <span className="block truncate text-meta text-muted @min-[36rem]:hidden">
                Last used <RelativeTime at={key.lastUsedAt} className="lowercase" />
              </span>
            </Td>
            <Td from="wide">
              <span className="block">{key.createdBy ?? 'Over the API'}</span>
              <DateTime at={key.createdAt} className="text-meta text-muted" />
            </Td>
            <Td from="narrow">
              <Ends at={key.expiresAt} />
            </Td>
            <Td from="medium">
              <span className="leading-[18px]">
                <RelativeTime at={key.lastUsedAt} className="block" />
                {key.lastUsedIp && (
                  <span className="text-meta text-muted">
                    from <span className="font-mono">{key.lastUsedIp}</span>
                  </span>
                )}
              </span>
            </Td>
            <Td className="text-right">
              {onEnd && (
                <Menu
                  label={`More actions for ${key.name}`}
                  entries={[
                    { label: 'End…', icon: <Ban aria-hidden />, danger: true, onSelect: () => onEnd(key) },
                  ]}
                />
              )}
            </Td>
          </Row>
        ))}
      </tbody>
    </TableBox>
  )
}
