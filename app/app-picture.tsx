import { AppTile, type AppTileProps } from '#components/ui/app-tile'
import { findLogoOf } from '#lib/domain/connected-apps/find-logo'

/** An app as a tile, with its logo where it has one. Decoration: its name always stands beside it. */
export async function AppPicture(props: Omit<AppTileProps, 'logo'>) {
  return <AppTile {...props} logo={await findLogoOf(props.id)} />
}
