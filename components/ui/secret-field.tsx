'use client'

import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { saveFile } from './save-file.tsx'
import { words } from './words.ts'

type SecretFieldProps = {
  /** Its name, e.g. “Production, December”. */
  label: ReactNode
  /** On the right: “in the list as ••••Qd2x”. */
  aside?: ReactNode
  secret: string
  copyLabel: string
  /** What else goes into the files, e.g. `{ CLIENT_ID: '…' }`; the secret is added as `secretKey`. */
  fields: Record<string, string>
  secretKey: string
  /** Of the downloads, without extension. */
  fileName: string
}

/** A secret shown once, with three ways to take it along. It lives here only: never in a URL, a store or a log. */
export function SecretField({
  label,
  aside,
  secret,
  copyLabel,
  fields,
  secretKey,
  fileName,
}: SecretFieldProps) {
  const all = { ...fields, [secretKey]: secret }
  return (
    <div>
      <div className="mb-1.5 flex flex-wrap justify-between gap-x-4">
        <span className="font-medium">{label}</span>
        {aside && <span className="text-muted">{aside}</span>}
      </div>
      <output className="block rounded-control border border-line-2 bg-hover px-3 py-3 font-mono text-people break-all select-all">
        {secret}
      </output>
      <div className="mt-2 flex flex-wrap gap-2">
        <CopyButton text={secret} label={copyLabel} variant="primary" />
        <Button
          icon={<Download aria-hidden />}
          onClick={() =>
            saveFile(`${fileName}.env`, new Blob([environmentFile(all)], { type: 'text/plain' }))
          }
        >
          {words.download('.env')}
        </Button>
        <Button
          icon={<Download aria-hidden />}
          onClick={() =>
            saveFile(
              `${fileName}.json`,
              new Blob([`${JSON.stringify(all, null, 2)}\n`], { type: 'application/json' }),
            )
          }
        >
          {words.download('JSON')}
        </Button>
      </div>
    </div>
  )
}

function environmentFile(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(
      ([key, value]) =>
        `${key}=${/^[\w.:/@-]*$/u.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`}\n`,
    )
    .join('')
}
