import { counted } from '#components/connected-apps/app-words'
import { StatusDot } from '#components/ui/chip'
import { RelativeTime } from '#components/ui/relative-time'
import { countText } from '#lib/base/bounded-count'
import type { PolicyPreview } from '#lib/domain/allowlist/preview-policy'
import type { Outcome } from '#lib/domain/allowlist/rules'
import { AffectedApps } from './affected-apps.tsx'
import { CountAgain } from './count-again.tsx'
import { OUTCOME, OUTCOMES } from './outcome-words.ts'

type Props = { preview: PolicyPreview; countedAt: Date }

/** What a change of the mode does, before it is saved: in a sentence, in numbers, and app by app. */
export function Effect({ preview, countedAt }: Props) {
  const groups = OUTCOMES.flatMap((outcome) => {
    const group = preview.groups[outcome]
    return group ? [{ outcome, ...group }] : []
  })
  return (
    <section className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <div className="-mt-1.5 flex min-h-8 flex-wrap items-center justify-between gap-x-4">
          <h2 className="text-section">What changes when you save</h2>
          <p className="flex items-center gap-1 text-meta text-muted">
            Counted <RelativeTime at={countedAt} className="lowercase" />
            <CountAgain />
          </p>
        </div>
        <p className="text-ink-2">{inOneSentence(preview)}</p>
      </div>
      {groups.length > 0 && (
        <>
          <div aria-hidden className="flex h-2 gap-0.5 overflow-clip rounded-full">
            {groups.map(({ outcome, apps }) => (
              <span key={outcome} className={OUTCOME[outcome].bar} style={{ flex: `${apps} 1 0.5rem` }} />
            ))}
          </div>
          {/* The hairline left of each line's first group lies outside. */}
          <div className="overflow-clip">
            <dl className="-ml-[21px] grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-y-4">
              {groups.map((group) => (
                <Group key={group.outcome} {...group} to={preview.to} />
              ))}
            </dl>
          </div>
          <AffectedApps apps={preview.apps} total={total(preview)} />
        </>
      )}
    </section>
  )
}

type GroupProps = { outcome: Outcome; apps: number; people: number; listed: number; to: PolicyPreview['to'] }

function Group({ outcome, apps, people, listed, to }: GroupProps) {
  return (
    <div className="border-l border-line pr-3 pl-5">
      <dt>
        <StatusDot tone={OUTCOME[outcome].tone}>{OUTCOME[outcome].word}</StatusDot>
      </dt>
      <dd>
        <span className="text-figure">{apps.toLocaleString('en')}</span> {apps === 1 ? 'app' : 'apps'}
        <span className="block text-meta text-muted">{detail({ outcome, apps, people, listed, to })}</span>
      </dd>
    </div>
  )
}

function detail({ outcome, apps, people, listed, to }: GroupProps): string {
  const who =
    people === 0
      ? `Nobody uses ${apps === 1 ? 'it' : 'them'} now`
      : `${countText(people)} ${people === 1 ? 'person' : 'people'}`
  if (outcome === 'will-be-listed') return `${who}, scopes as they are`
  if (to !== 'restricted') return who
  if (listed > 0)
    return `${who}; ${listed.toLocaleString('en')} ${listed === 1 ? 'is' : 'are'} listed as well`
  return outcome === 'keeps-running' ? `${who}, no new entry needed` : who
}

function inOneSentence({ to, groups, listed }: PolicyPreview): string {
  if (to === 'unrestricted') return openedWords(groups.open?.apps ?? 0)
  if (to === 'closed')
    return 'No one who uses an app today is interrupted. Nobody can authorize another one, or the same one for more.'
  const waiting = groups['will-need-approval']?.apps ?? 0
  const after =
    waiting === 0
      ? 'Apps that nobody uses yet will need your approval.'
      : `${counted(waiting, 'app')} that nobody uses now will need your approval.`
  return `No one who uses an app today is interrupted. ${listedWords(listed)}${after}`
}

function openedWords(opens: number): string {
  const others = 'Apps they meet for the first time are open as well.'
  if (opens === 0) return `Nothing below becomes open that was not. ${others}`
  return `${counted(opens, 'app')} ${opens === 1 ? 'becomes' : 'become'} open that members could not authorize freely before. ${others}`
}

function listedWords({ apps, internal }: PolicyPreview['listed']): string {
  if (apps === 0) return ''
  const among =
    internal === 0
      ? ''
      : internal === apps
        ? ', all internal'
        : `, ${internal.toLocaleString('en')} of them internal`
  return `${counted(apps, 'app')} in use ${apps === 1 ? 'is' : 'are'} put on the allowlist${among}. `
}

function total({ groups }: PolicyPreview): number {
  return Object.values(groups).reduce((sum, group) => sum + group.apps, 0)
}
