import { Chip, type Tone } from '#components/ui/chip'

const TONE: Record<string, Tone> = {
  GET: 'neutral',
  POST: 'ok',
  PUT: 'accent',
  PATCH: 'accent',
  DELETE: 'bad',
}

export function MethodChip({ method }: { method: string }) {
  return (
    <span className="font-mono">
      <Chip tone={TONE[method]}>{method}</Chip>
    </span>
  )
}
