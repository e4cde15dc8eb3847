'use client'

import { Ban, CircleCheck, Hourglass, Pencil, RefreshCw } from 'lucide-react'
import dynamic from 'next/dynamic'
import { usePathname, useRouter } from 'next/navigation'
import { Fragment, useState } from 'react'
import { Button } from '#components/ui/button'
import { Chip } from '#components/ui/chip'
import { EmptyState } from '#components/ui/empty-state'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { DateTime, RelativeTime } from '#components/ui/relative-time'
import { Section } from '#components/ui/section'
import { Row, TableBox, Td, Th } from '#components/ui/table'
import { Ends } from './ends.tsx'
import { LastFour } from './older-secrets.tsx'
import type { RotatedApp } from './rotate-dialog.tsx'
import { isInUse, type SecretLine } from './secret-line.ts'

const RotateDialog = dynamic(() => import('./rotate-dialog.tsx'), { ssr: false })
const RenameDialog = dynamic(() => import('./rename-dialog.tsx'), { ssr: false })
const EndDialog = dynamic(() => import('./end-dialog.tsx'), { ssr: false })

type Props = {
  /** With the live secrets, the newest first. */
  app: RotatedApp
  liveMax: number
  mayRotate: boolean
  /** It signs too: then it can do without a secret. */
  hasKeys: boolean
  /** The rotation was asked for on another page. */
  isRotating: boolean
}

/** The live secrets, each with its story, and the ways to change them. */
export function SecretsPanel({ app, liveMax, mayRotate, hasKeys, isRotating }: Props) {
  const router = useRouter()
  const pathname = usePathname()
  const [open, setOpen] = useState<Opened | null>(isRotating && mayRotate ? { act: 'rotate' } : null)
  const close = () => {
    setOpen(null)
    if (isRotating) router.replace(pathname, { scroll: false })
  }
  const rotate = mayRotate && (
    <Button variant="primary" icon={<RefreshCw aria-hidden />} onClick={() => setOpen({ act: 'rotate' })}>
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
          {hasKeys
            ? 'The app proves itself by its keys alone.'
            : 'The app cannot get tokens until it has one.'}
        </EmptyState>
      ) : (
        <SecretsTable app={app} onOpen={mayRotate ? setOpen : undefined} />
      )}
      {open?.act === 'rotate' && <RotateDialog app={app} liveMax={liveMax} onClose={close} />}
      {open?.act === 'rename' && <RenameDialog app={app} secret={open.secret} onClose={close} />}
      {open?.act === 'end' && (
        <EndDialog
          app={app}
          secret={open.secret}
          isLast={app.secrets.length === 1}
          hasKeys={hasKeys}
          onClose={close}
        />
      )}
    </Section>
  )
}

type Opened = { act: 'rotate' } | { act: 'rename' | 'end'; secret: SecretLine }
type OnOpen = ((opened: Opened) => void) | undefined

function SecretsTable({ app, onOpen }: { app: RotatedApp; onOpen: OnOpen }) {
  const { secrets } = app
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
                <Ends at={secret.expiresAt} />
              </Td>
              <Td from="medium">
                <LastUse secret={secret} />
              </Td>
              <Td className="text-right">{onOpen && <Acts secret={secret} onOpen={onOpen} />}</Td>
            </Row>
            {isOvertaken(secret) && <SafeToEnd secret={secret} />}
            {secret.outlivesRule && !isOvertaken(secret) && <OutlivesRule daysMax={app.secretDaysMax} />}
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

function Acts({ secret, onOpen }: { secret: SecretLine; onOpen: NonNullable<OnOpen> }) {
  const end = () => onOpen({ act: 'end', secret })
  const rename: MenuEntry = {
    label: 'Rename…',
    icon: <Pencil aria-hidden />,
    onSelect: () => onOpen({ act: 'rename', secret }),
  }
  if (!isOvertaken(secret)) {
    const last: MenuEntry = { label: 'End…', icon: <Ban aria-hidden />, danger: true, onSelect: end }
    return <Menu label={`More actions for ${secret.name}`} entries={[rename, last]} />
  }
  return (
    <span className="inline-flex items-center gap-1">
      <Button variant="danger-quiet" size="small" onClick={end} aria-label={`End ${secret.name}`}>
        End…
      </Button>
      <Menu label={`More actions for ${secret.name}`} entries={[rename]} />
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

/** A finding, no more: nothing ends a secret because the rule came after it. */
function OutlivesRule({ daysMax }: { daysMax: number | null }) {
  return (
    <tr className="border-t border-line bg-hover">
      <td colSpan={5} className="px-3 py-2">
        <span className="flex gap-2 text-ink-2">
          <Hourglass className="mt-0.5 text-warn" aria-hidden />
          <span>
            <span className="font-medium text-ink">Lives too long.</span> The organization lets a secret live
            for {daysMax === 1 ? 'one day' : `${daysMax} days`} at most; this one was made before, or for
            longer. Rotate it to follow the rule.
          </span>
        </span>
      </td>
    </tr>
  )
}
