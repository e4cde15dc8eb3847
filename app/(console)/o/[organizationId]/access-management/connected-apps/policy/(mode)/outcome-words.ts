import type { Tone } from '#components/ui/chip'
import type { PreviewedApp } from '#lib/domain/allowlist/preview-policy'
import type { Outcome } from '#lib/domain/allowlist/rules'

/** The order in which they are shown: what a change makes first, what it leaves alone, what it holds up. */
export const OUTCOMES: readonly Outcome[] = [
  'open',
  'stays-open',
  'will-be-listed',
  'keeps-running',
  'will-need-approval',
  'no-new-people',
  'stays-held',
  'stays-blocked',
]

/** What becomes of apps, in a word for the legend and the filter. */
export const OUTCOME: Record<Outcome, { word: string; filter: string; tone: Tone | 'none'; bar: string }> = {
  open: { word: 'Become open', filter: 'Become open', tone: 'accent', bar: 'bg-accent' },
  'stays-open': { word: 'Open already', filter: 'Open already', tone: 'ok', bar: 'bg-ok-dot' },
  'will-be-listed': { word: 'Will be listed', filter: 'Listed', tone: 'accent', bar: 'bg-accent' },
  'keeps-running': { word: 'Keep running', filter: 'Keep running', tone: 'ok', bar: 'bg-ok-dot' },
  'will-need-approval': {
    word: 'Will need approval',
    filter: 'Need approval',
    tone: 'warn',
    bar: 'bg-warn-dot',
  },
  'no-new-people': { word: 'Nobody new', filter: 'Nobody new', tone: 'none', bar: 'bg-edge' },
  'stays-held': {
    word: 'Stay frozen or off',
    filter: 'Frozen or off',
    tone: 'none',
    bar: 'bg-edge',
  },
  'stays-blocked': { word: 'Stay blocked', filter: 'Blocked', tone: 'bad', bar: 'bg-bad-dot' },
}

/** What becomes of one app, in the words of its row. */
export function afterSaving(app: Pick<PreviewedApp, 'outcome' | 'isInternal' | 'held' | 'entry'>): string {
  const scopes = app.entry && (app.entry.length === 1 ? '1 scope' : `${app.entry.length} scopes`)
  const alsoListed = scopes ? `; listed with ${scopes}` : ''
  switch (app.outcome) {
    case 'will-be-listed':
      return `Listed with ${scopes}${app.held ? `, stays ${app.held}` : ''}`
    case 'keeps-running':
      return (app.isInternal ? 'Keeps running, internal' : 'Keeps running') + alsoListed
    case 'will-need-approval':
      return 'Needs approval'
    case 'no-new-people':
      return 'Nobody new can authorize it'
    case 'stays-held':
      return `Stays ${app.held}${alsoListed}`
    case 'stays-blocked':
      return 'Stays blocked'
    case 'stays-open':
      return 'As before'
    case 'open':
      return 'Anyone may authorize it'
  }
}
