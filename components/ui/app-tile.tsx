import { APP_ICONS } from './app-icons.ts'
import { classNames } from './class-names.ts'
import { hueOf, initialsOf } from './hue.ts'

export type AppTileProps = {
  /** Chooses the hue: always the same for the same app. */
  id: string
  name: string
  /** A name from APP_ICONS; else the initials. */
  icon?: string | null
  /** The digest of its logo, which we serve ourselves: never a stranger's address. */
  logo?: string | null
  size?: 'small' | 'medium' | 'large' | 'huge'
}

/** An app as a tile. Decoration: its name always stands beside it. */
export function AppTile({ id, name, icon, logo, size = 'medium' }: AppTileProps) {
  const Icon = icon ? APP_ICONS[icon] : undefined
  return (
    <span
      aria-hidden
      style={{ '--hue': hueOf(id) } as React.CSSProperties}
      className={classNames(
        'app-tile inline-flex shrink-0 items-center justify-center overflow-hidden font-semibold',
        TILE_SIZE[size],
      )}
    >
      {logo ? <Logo digest={logo} /> : Icon ? <Icon className={ICON_SIZE[size]} /> : initialsOf(name)}
    </span>
  )
}

/** Where a logo is served, by the digest of its picture: another picture has another address, so browsers keep this one. */
const logoPath = (digest: string) => `/logos/${digest}.png`

function Logo({ digest }: { digest: string }) {
  return (
    // biome-ignore lint/performance/noImgElement: small and already the right size
    <img
      src={logoPath(digest)}
      alt=""
      width={256}
      height={256}
      className="size-full bg-white object-contain"
    />
  )
}

/** An organization as a tile: its first letter on ink. */
export function OrganizationTile({ name, size = 'medium' }: { name: string; size?: AppTileProps['size'] }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'inline-flex shrink-0 items-center justify-center bg-ink font-semibold text-canvas',
        TILE_SIZE[size],
      )}
    >
      {initialsOf(name).slice(0, 1)}
    </span>
  )
}

const TILE_SIZE = {
  small: 'size-6 rounded-control text-fine',
  medium: 'size-7 rounded-control text-meta',
  large: 'size-9 rounded-box text-people',
  huge: 'size-11 rounded-dialog text-[1.125rem]',
} as const
const ICON_SIZE = { small: 'size-3.5', medium: 'size-4', large: 'size-[18px]', huge: 'size-[22px]' } as const
