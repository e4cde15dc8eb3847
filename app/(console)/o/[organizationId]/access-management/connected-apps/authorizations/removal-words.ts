import { counted } from '#components/connected-apps/app-words'
import type { Removal } from '#lib/domain/installations/get-removal'
import type { ListedRemoval } from '#lib/domain/installations/list-removals'

type Named = Pick<Removal, 'kind' | 'isBlocked' | 'apps' | 'app' | 'person' | 'partsTotal'>

/** What a removal was, as its title. */
export function removalTitle({ kind, isBlocked, apps, person, partsTotal, ...removed }: Named): string {
  const app = removed.app?.name ?? 'An app'
  switch (kind) {
    case 'app':
      return isBlocked ? `${app} is removed and blocked` : `${app} is removed`
    case 'publisher':
      return `${app} was ended by its publisher`
    case 'apps':
      return isBlocked ? `${counted(apps, 'app')} removed and blocked` : `${counted(apps, 'app')} removed`
    case 'person':
      return `All that ${person?.name ?? 'a person'} authorized is removed`
    case 'people':
      return partsTotal === 1
        ? `${person?.name ?? 'A person'}’s authorization of ${app} is removed`
        : `${counted(partsTotal, 'person', 'people')} lost ${app}`
  }
}

/** What holds from now on, in a sentence or two. */
export function standingAfter({
  kind,
  isBlocked,
  isEntryRemoved,
}: Pick<Removal, 'kind' | 'isBlocked' | 'isEntryRemoved'>) {
  const it = kind === 'apps' ? 'them' : 'it'
  if (kind === 'publisher') return 'People may authorize it anew once its publisher lets it go on.'
  if (isBlocked) {
    const unlisted = isEntryRemoved
      ? ` ${kind === 'apps' ? 'They are' : 'It is'} off the allowlist, too.`
      : ''
    return `Nobody here can authorize ${it} until someone unblocks ${it}.${unlisted}`
  }
  if (isEntryRemoved) return 'It is off the allowlist: under Restricted, people must ask for approval again.'
  if (kind === 'person') return 'They may authorize each app anew, where the policy lets them.'
  return `People may authorize ${it} anew, where the policy lets them.`
}

/** How much a removal ended, in a line of a list. */
export function endedText({ kind, apps, authorizations, isBlocked, isCounted }: ListedRemoval): string {
  if (!isCounted) return 'Being counted'
  const blocked = isBlocked ? ', blocked' : ''
  if (kind === 'apps' || kind === 'person') return `${counted(apps, 'app')}${blocked}`
  return `${counted(authorizations, 'person', 'people')}${kind === 'publisher' ? ', by the publisher' : blocked}`
}
