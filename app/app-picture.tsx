import { AppTile, type AppTileProps } from '#components/ui/app-tile'
import { findLogoOf } from '#lib/domain/connected-apps/find-logo'
import { shown } from '#lib/gateways/console/refuse'

/** An app as a tile, with its logo where it has one. Decoration: its name always stands beside it. */
export async function AppPicture(props: Omit<AppTileProps, 'logo'>) {
  return <AppTile {...props} logo={await shown(findLogoOf(props.id))} />
}
