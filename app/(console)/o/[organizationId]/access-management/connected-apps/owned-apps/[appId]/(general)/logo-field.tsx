'use client'

import { ImageUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { type Refused, useAct } from '#components/forms/use-act'
import { AppTile } from '#components/ui/app-tile'
import { Button } from '#components/ui/button'
import { toast } from '#components/ui/toast'
import type { Id } from '#lib/base/ids'
import { judgeLogoFile, LOGO_BYTES_MAX } from '#lib/domain/connected-apps/logo-formats'
import { removeLogo } from '../../actions.ts'

type Props = { app: { id: Id<'app'>; name: string; logo: string | null }; path: string; mayUpdate: boolean }

/** The picture that people know the app by. It is saved as soon as it is chosen. */
export function LogoField({ app, path, mayUpdate }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const uploading = useAct(
    (file: File) => upload(`${path}/logo`, file),
    () => toast('The logo is saved.'),
  )
  const removing = useAct(removeLogo, () => toast('The logo is removed.'))

  async function choose(file: File | undefined) {
    if (!file) return
    removing.reset()
    uploading.reset()
    const sentence =
      file.size > LOGO_BYTES_MAX
        ? 'A logo has at most 1 MiB. Choose a smaller picture.'
        : judgeLogoFile(new Uint8Array(await file.arrayBuffer()))
    setRefused(sentence ? { code: 'invalid', sentence, fields: {} } : null)
    if (!sentence) uploading.run(file)
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <AppTile id={app.id} name={app.name} logo={app.logo} size="huge" />
        <div className="min-w-0 flex-1">
          {mayUpdate && (
            <div className="flex flex-wrap gap-2">
              <Button
                size="small"
                icon={<ImageUp aria-hidden />}
                pending={uploading.pending}
                onClick={() => input.current?.click()}
              >
                {app.logo ? 'Replace logo…' : 'Upload logo…'}
              </Button>
              {app.logo && (
                <Button
                  size="small"
                  variant="quiet"
                  pending={removing.pending}
                  onClick={() => removing.run({ appId: app.id })}
                >
                  Remove
                </Button>
              )}
            </div>
          )}
          <p className="mt-1.5 text-meta text-muted">
            {mayUpdate
              ? 'PNG, JPEG or WebP, at most 1 MiB. One that is no square stands whole in the middle of one.'
              : 'Shown to people the app asks.'}
          </p>
        </div>
      </div>
      <input
        ref={input}
        type="file"
        aria-label="Logo"
        accept="image/png,image/jpeg,image/webp"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          void choose(event.target.files?.[0])
          // The same file can be chosen again after it was refused.
          event.target.value = ''
        }}
      />
      <RefusalNotice refusal={refused ?? uploading.refusal ?? removing.refusal} />
    </div>
  )
}

async function upload(
  path: string,
  file: File,
): Promise<{ ok: true; value: { logo: string } } | { ok: false; refusal: Refused }> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  })
  return await answer.json()
}
