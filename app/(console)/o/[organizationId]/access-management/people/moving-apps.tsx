import { counted } from '#components/connected-apps/app-words'
import { AppTile } from '#components/ui/app-tile'
import { LineList } from '#components/ui/section'
import type { MovingApps as Moving } from '#lib/domain/offboarding/count-effect'

/** Which apps would move to whom, the first few by name, and what becomes of their secrets. */
export function MovingApps({ apps }: { apps: Moving }) {
  if (apps.total === 0) return <p className="text-ink-2">No app changes its owner.</p>
  const more = apps.total - apps.named.length
  return (
    <div className="flex flex-col gap-2">
      <p>
        <span className="font-medium">
          {counted(apps.total, 'app')} {apps.total === 1 ? 'goes' : 'go'} to {apps.newOwner}.
        </span>{' '}
        <span className="text-ink-2">
          {apps.total === 1 ? 'Its client ID, secret and tokens' : 'Their client IDs, secrets and tokens'}{' '}
          stay as they are
          {apps.secretsDue > 0 &&
            `; ${apps.secretsDue === apps.total ? (apps.total === 1 ? 'the secret is' : 'the secrets are') : `${counted(apps.secretsDue, 'secret')} ${apps.secretsDue === 1 ? 'is' : 'are'}`} marked “should be rotated”`}
          .
        </span>
      </p>
      <LineList label="Apps that change their owner">
        {apps.named.map(({ id, name, residence }) => (
          <li key={id}>
            <AppTile id={id} name={name} size="small" />
            <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
            <span className="truncate text-muted">{residence}</span>
          </li>
        ))}
        {more > 0 && <li className="text-muted">and {counted(more, 'more app', 'more apps')}</li>}
      </LineList>
    </div>
  )
}
