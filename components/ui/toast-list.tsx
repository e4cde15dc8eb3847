'use client'

import { Toast as Kit } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect } from 'react'
import type { ToastWish } from './toast.tsx'
import { words } from './words.ts'

const manager = Kit.createToastManager<{ kind: 'done' | 'failed' }>()

/** Shows toasts as they are wished for: `take` hands over what is waiting, and calls back for more. */
export function ToastList({ take }: { take: (show: (wish: ToastWish) => void) => () => void }) {
  useEffect(() => take(show), [take])
  return (
    <Kit.Provider toastManager={manager} limit={3}>
      <Kit.Portal>
        <Kit.Viewport
          data-toasts=""
          aria-label={words.notifications}
          className="fixed right-4 bottom-[calc(1rem+var(--acts-height,0px))] z-[25] flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 outline-none"
        >
          <Toasts />
        </Kit.Viewport>
      </Kit.Portal>
    </Kit.Provider>
  )
}

function Toasts() {
  const { toasts } = Kit.useToastManager<{ kind: 'done' | 'failed' }>()
  return toasts.map((one) => (
    <Kit.Root
      key={one.id}
      toast={one}
      className="rounded-box border border-line bg-surface shadow-float transition-[opacity,translate] duration-150 data-starting-style:translate-y-2 data-starting-style:opacity-0 data-ending-style:opacity-0 data-limited:hidden"
    >
      <Kit.Content className="flex items-start gap-2.5 p-3">
        {one.data?.kind === 'failed' ? (
          <CircleAlert className="mt-0.5 text-bad" aria-hidden />
        ) : (
          <CircleCheck className="mt-0.5 text-ok" aria-hidden />
        )}
        <div className="min-w-0 flex-1">
          <Kit.Title className="font-medium" render={<p />} />
          <Kit.Description className="text-muted" />
        </div>
        <Kit.Action className="rounded-small px-1 font-medium text-accent-ink hover:underline" />
        <Kit.Close
          aria-label={words.dismiss}
          className="flex size-5 items-center justify-center rounded-small text-muted hover:text-ink"
        >
          <X className="size-3.5" aria-hidden />
        </Kit.Close>
      </Kit.Content>
    </Kit.Root>
  ))
}

/** The toast that stands for each thing one was about. */
const standing = new Map<string, string>()

function show({ sentence, about, detail, undo, kind = 'done' }: ToastWish) {
  const before = about && standing.get(about)
  if (before) manager.close(before)
  const id = manager.add({
    title: sentence,
    description: detail,
    data: { kind },
    timeout: kind === 'failed' ? 0 : undo ? 10_000 : 5_000,
    priority: kind === 'failed' ? 'high' : 'low',
    actionProps: undo && {
      children: words.undo,
      onClick: () => {
        manager.close(id)
        undo()
      },
    },
    onRemove: () => {
      if (about && standing.get(about) === id) standing.delete(about)
    },
  })
  if (about) standing.set(about, id)
}
