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

/** Before a removal of an app that is frozen, and before a block of it. */
export const FREEZE_STAYS =
  'It is frozen, and stays so: nobody can authorize it anew until someone unfreezes it.'
export const FREEZE_GOES =
  'It is frozen. The block takes the place of that: once it is unblocked, nothing of the freeze is left.'

type Standing = Pick<Removal, 'kind' | 'isBlocked' | 'isEntryRemoved' | 'apps' | 'frozen'>

/** What holds from now on, in a sentence or two. */
export function standingAfter(removal: Standing): string {
  const { kind, isBlocked, isEntryRemoved } = removal
  const it = kind === 'apps' ? 'them' : 'it'
  if (isBlocked) {
    const unlisted = isEntryRemoved
      ? ` ${kind === 'apps' ? 'They are' : 'It is'} off the allowlist, too.`
      : ''
    return `Nobody here can authorize ${it} until someone unblocks ${it}.${unlisted}`
  }
  const frozen = frozenAfter(removal)
  return frozen ? `${frozen} ${anewAfter(removal)}` : anewAfter(removal)
}

function anewAfter({ kind, isEntryRemoved, apps, frozen }: Standing): string {
  const it = kind === 'apps' ? 'them' : 'it'
  const then = frozen > 0 && frozen === apps ? 'Then people' : 'People'
  if (kind === 'publisher') return `${then} may authorize it anew once its publisher lets it go on.`
  if (isEntryRemoved) return 'It is off the allowlist: under Restricted, people must ask for approval again.'
  if (kind === 'person') return 'They may authorize each app anew, where the policy lets them.'
  return `${then} may authorize ${it} anew, where the policy lets them.`
}

/** A removal leaves frozen what was. */
function frozenAfter({ apps, frozen }: Standing): string | null {
  if (frozen === 0) return null
  if (apps === 1) return 'It stays frozen until someone unfreezes it.'
  return `${frozen === apps ? 'All' : frozen.toLocaleString('en')} of the apps ${frozen === 1 ? 'stays' : 'stay'} frozen until someone unfreezes ${frozen === 1 ? 'it' : 'them'}.`
}

/** How much a removal ended, as far as it is counted. */
export function amountText({
  kind,
  apps,
  authorizations,
  isCounted,
}: Pick<Removal, 'kind' | 'apps' | 'authorizations' | 'isCounted'>): string {
  if (kind === 'person') return counted(apps, 'app')
  if (!isCounted) return 'Being counted'
  return kind === 'apps'
    ? counted(authorizations, 'authorization')
    : counted(authorizations, 'person', 'people')
}

/** How much a removal ended, in a line of a list of one app. */
export function endedText({ kind, apps, authorizations, isBlocked, isCounted }: ListedRemoval): string {
  if (!isCounted) return 'Being counted'
  const blocked = isBlocked ? ', blocked' : ''
  if (kind === 'apps' || kind === 'person') return `${counted(apps, 'app')}${blocked}`
  return `${counted(authorizations, 'person', 'people')}${kind === 'publisher' ? ', by the publisher' : blocked}`
}
