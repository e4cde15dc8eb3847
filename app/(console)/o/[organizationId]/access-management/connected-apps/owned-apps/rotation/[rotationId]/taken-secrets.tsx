'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { counted } from '#components/connected-apps/app-words'
import { LeaveGuard } from '#components/forms/leave-guard'
import { Button, ButtonLink } from '#components/ui/button'
import { saveFile } from '#components/ui/save-file'
import { Section } from '#components/ui/section'
import { Row, TableBox, Td, Th } from '#components/ui/table'
import { type HandedOver, type SecretsFormat, secretsFile } from '#lib/domain/connected-apps/secrets-file'

const FORMATS: ReadonlyArray<{ format: SecretsFormat; label: string; type: string }> = [
  { format: 'csv', label: 'Download CSV', type: 'text/csv' },
  { format: 'json', label: 'Download JSON', type: 'application/json' },
  { format: 'env', label: 'Download .env', type: 'text/plain' },
]

/** All new secrets, this once. Leaving before they are saved asks. */
export function TakenSecrets({ secrets, listPath }: { secrets: HandedOver[]; listPath: string }) {
  const [isSaved, setIsSaved] = useState(false)
  return (
    <>
      <LeaveGuard active={!isSaved} />
      <Section
        title={`${counted(secrets.length, 'new secret')}, shown this once`}
        hint={
          isSaved
            ? 'Saved. Keep the file where only those who deploy the apps can read it.'
            : 'Save them now: when you leave this page they are gone.'
        }
        acts={isSaved && <ButtonLink href={listPath}>I have stored the secrets</ButtonLink>}
      >
        <div className="flex flex-wrap gap-2">
          {FORMATS.map(({ format, label, type }, at) => (
            <Button
              key={format}
              variant={at === 0 && !isSaved ? 'primary' : 'secondary'}
              icon={<Download aria-hidden />}
              onClick={() => {
                saveFile(`secrets.${format}`, new Blob([secretsFile(format, secrets)], { type }))
                setIsSaved(true)
              }}
            >
              {label}
            </Button>
          ))}
        </div>
        <TableBox label="New secrets">
          <thead>
            <tr>
              <Th>App</Th>
              <Th from="medium">Client ID</Th>
              <Th>Ends in</Th>
            </tr>
          </thead>
          <tbody>
            {secrets.map(({ app, clientId, secret }) => (
              <Row key={clientId}>
                <Td className="max-w-60 truncate">{app}</Td>
                <Td from="medium" className="font-mono text-meta text-muted">
                  {clientId}
                </Td>
                <Td className="font-mono text-meta text-muted">••••{secret.slice(-4)}</Td>
              </Row>
            ))}
          </tbody>
        </TableBox>
      </Section>
    </>
  )
}
