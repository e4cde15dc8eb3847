'use client'

import { Ban, CircleCheck, RefreshCw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { usePathname, useRouter } from 'next/navigation'
import { Fragment, useState } from 'react'
import { Button } from '#components/ui/button'
import { Chip } from '#components/ui/chip'
import { EmptyState } from '#components/ui/empty-state'
import { Menu } from '#components/ui/menu'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { Row, TableBox, Td, Th } from '#components/ui/table'
import { LastFour } from './older-secrets.tsx'
import type { RotatedApp } from './rotate-dialog.tsx'
import { isInUse, type SecretLine } from './secret-line.ts'

const RotateDialog = dynamic(() => import('./rotate-dialog.tsx'), { ssr: false })
const EndDialog = dynamic(() => import('./end-dialog.tsx'), { ssr: false })

type Props = {
  /** With the live secrets, the newest first. */
  app: RotatedApp
  liveMax: number
  mayRotate: boolean
  /** The rotation was asked for on another page. */
  isRotating: boolean
}

/** The live secrets, each with its story, and the ways to change them. */
export function SecretsPanel({ app, liveMax, mayRotate, isRotating }: Props) {
  const router = useRouter()
  const pathname = usePathname()
  const [open, setOpen] = useState<'rotate' | SecretLine | null>(isRotating && mayRotate ? 'rotate' : null)
  const close = () => {
    setOpen(null)
    if (isRotating) router.replace(pathname, { scroll: false })
  }
  const rotate = mayRotate && (
    <Button variant="primary" icon={<RefreshCw aria-hidden />} onClick={() => setOpen('rotate')}>
      {app.secrets.length === 0 ? 'Make a secret…' : 'Rotate secret…'}
    </Button>
  )
  return (
    <Section
      title="Client secrets"
      hint={`${app.secrets.length} of ${liveMax} live. Kept as a hash: a secret can be copied only at the moment it is made.`}
      acts={app.secrets.length > 0 && rotate}
    >
      {app.secrets.length === 0 ? (
        <EmptyState title="No live secret" act={rotate}>
          The app cannot get tokens until it has one.
        </EmptyState>
      ) : (
        <SecretsTable secrets={app.secrets} onEnd={mayRotate ? setOpen : undefined} />
      )}
      {open === 'rotate' && <RotateDialog app={app} liveMax={liveMax} onClose={close} />}
      {open !== null && open !== 'rotate' && (
        <EndDialog app={app} secret={open} isLast={app.secrets.length === 1} onClose={close} />
      )}
    </Section>
  )
}

function SecretsTable({ secrets, onEnd }: { secrets: SecretLine[]; onEnd?: (secret: SecretLine) => void }) {
  const [newest] = secrets
  return (
    <TableBox label="Client secrets">
      <thead>
        <tr>
          <Th>Secret</Th>
          <Th from="wide">Made by</Th>
          <Th from="narrow">Ends</Th>
          <Th from="medium">Last used</Th>
          <Th hiddenLabel="Acts" />
        </tr>
      </thead>
      <tbody>
        {secrets.map((secret) => (
          <Fragment key={secret.id}>
            <Row tall>
              <Td>
                <span className="flex items-center gap-2 font-medium">
                  <span className="max-w-56 truncate">{secret.name}</span>
                  {secret === newest && secrets.length > 1 && <Chip tone="accent">Newest</Chip>}
                  {secret.source === 'chosen' && <Chip outline>Own value</Chip>}
                </span>
                <LastFour value={secret.lastFour} />
                <Story secret={secret} />
              </Td>
              <Td from="wide">
                <span className="block">{secret.createdBy ?? 'Gatehouse'}</span>
                <DateTime at={secret.createdAt} className="text-meta text-muted" />
              </Td>
              <Td from="narrow">
                <Ends secret={secret} />
              </Td>
              <Td from="medium">
                <LastUse secret={secret} />
              </Td>
              <Td className="text-right">{onEnd && <EndAct secret={secret} onEnd={onEnd} />}</Td>
            </Row>
            {isOvertaken(secret) && <SafeToEnd secret={secret} />}
          </Fragment>
        ))}
      </tbody>
    </TableBox>
  )
}

/** End and last use beneath the name, where the table has no columns for them. */
function Story({ secret }: { secret: SecretLine }) {
  return (
    <span className="block text-meta whitespace-normal text-muted @min-[36rem]:hidden">
      <span className="block @min-[26rem]:hidden">
        {secret.expiresAt ? (
          <>
            Ends <RelativeTime at={secret.expiresAt} className="lowercase" />
          </>
        ) : (
          'No end'
        )}
      </span>
      <span className="block">
        {secret.lastUsedAt ? (
          <>
            Last used <RelativeTime at={secret.lastUsedAt} className="lowercase" />
            {secret.lastUsedIp && ` from ${secret.lastUsedIp}`}
          </>
        ) : (
          'Never used'
        )}
      </span>
    </span>
  )
}

/** A newer one has taken over, and this one has been quiet for a while. */
function isOvertaken(secret: SecretLine): boolean {
  return secret.isSafeToEnd && !isInUse(secret)
}

function EndAct({ secret, onEnd }: { secret: SecretLine; onEnd: (secret: SecretLine) => void }) {
  if (isOvertaken(secret)) {
    return (
      <Button
        variant="danger-quiet"
        size="small"
        onClick={() => onEnd(secret)}
        aria-label={`End ${secret.name}`}
      >
        End…
      </Button>
    )
  }
  const end = { label: 'End…', icon: <Ban aria-hidden />, danger: true, onSelect: () => onEnd(secret) }
  return <Menu label={`More actions for ${secret.name}`} entries={[end]} />
}

const SOON_DAYS = 14

function Ends({ secret }: { secret: SecretLine }) {
  if (!secret.expiresAt) return <span className="text-muted">No end</span>
  const isSoon = secret.expiresAt.getTime() - Date.now() < SOON_DAYS * 24 * 3_600_000
  return (
    <span className="leading-[18px]">
      <span className={isSoon ? 'block font-medium text-warn' : 'block'}>
        <RelativeTime at={secret.expiresAt} />
      </span>
      <DateTime at={secret.expiresAt} withTime className="text-meta text-muted" />
    </span>
  )
}

function LastUse({ secret }: { secret: SecretLine }) {
  return (
    <span className="leading-[18px]">
      <RelativeTime at={secret.lastUsedAt} className={isInUse(secret) ? 'block' : 'block text-ink-2'} />
      {secret.lastUsedIp && (
        <span className="text-meta text-muted">
          from <span className="font-mono">{secret.lastUsedIp}</span>
        </span>
      )}
    </span>
  )
}

function SafeToEnd({ secret }: { secret: SecretLine }) {
  return (
    <tr className="border-t border-line bg-hover">
      <td colSpan={5} className="px-3 py-2">
        <span className="flex gap-2 text-ink-2">
          <CircleCheck className="mt-0.5 text-ok" aria-hidden />
          <span>
            <span className="font-medium text-ink">Safe to end.</span> A newer secret is in use.{' '}
            {secret.lastUsedAt ? (
              <>
                This one was last tried <RelativeTime at={secret.lastUsedAt} className="lowercase" />.
              </>
            ) : (
              'Nothing has ever used this one.'
            )}
          </span>
        </span>
      </td>
    </tr>
  )
}
