import { ACTS_AS, shortId } from '#components/connected-apps/app-words'
import { SelectRow, SelectShown } from '#components/connected-apps/selection'
import { AppTile } from '#components/ui/app-tile'
import { Avatar } from '#components/ui/avatar'
import { Chip } from '#components/ui/chip'
import { RelativeTime } from '#components/ui/relative-time'
import { NameCell, Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import type { OwnedApp } from '#lib/domain/connected-apps/list-owned-apps'
import { ownedAppPath } from '../../../../paths.ts'
import { type ListQuery, listHref, sortOf } from '../list-query.ts'
import { RowMenu } from './row-menu.tsx'
import { SecretState } from './secret-state.tsx'

type Props = { apps: OwnedApp[]; path: string; query: ListQuery; organizationId: string }

/** One row an app. On a phone two lines say what the columns say elsewhere. */
export function AppTable({ apps, path, query, organizationId }: Props) {
  const sort = sortOf(query)
  return (
    <TableBox label="Owned Apps">
      <thead>
        <tr>
          <Th className="w-8">
            <SelectShown />
          </Th>
          <Th
            sortHref={listHref(path, query, { sort: undefined })}
            sorted={sort === 'name' ? 'ascending' : undefined}
          >
            App
          </Th>
          <Th from="wide">Type</Th>
          <Th from="widest">Residence</Th>
          <Th from="wide">Owner</Th>
          <Th from="narrow">Secret</Th>
          <Th
            from="medium"
            sortHref={listHref(path, query, { sort: 'last-used' })}
            sorted={sort === 'last-used' ? 'descending' : undefined}
          >
            Last used
          </Th>
          <Th hiddenLabel="Acts" className="w-10" />
        </tr>
      </thead>
      <tbody>
        {apps.map((app) => (
          <AppRow key={app.id} app={app} href={ownedAppPath(organizationId, app.id)} />
        ))}
      </tbody>
    </TableBox>
  )
}

function AppRow({ app, href }: { app: OwnedApp; href: string }) {
  const isMarked = app.state === 'disabled' || app.origin === 'dynamic-registration'
  return (
    <Row className="has-[[data-select-row]:checked]:bg-accent-bg @max-[30rem]:h-14">
      <Td className="relative z-1">
        <SelectRow id={app.id} name={app.name} />
      </Td>
      <Td className="max-w-0 @max-[30rem]:w-full @min-[30rem]:max-w-48 @min-[66rem]:max-w-72">
        <NameCell
          lead={<AppTile id={app.id} name={app.name} logo={app.logo} />}
          name={
            // Fifty rows are not fetched ahead: one of them is opened.
            <RowLink href={href} prefetch={false} className="truncate">
              {app.name}
            </RowLink>
          }
          detail={
            // The marks stand here, so that the name has the whole width; where it is narrow, instead of what says less.
            <span className="-my-px flex items-center gap-2">
              <span
                className={`min-w-0 truncate font-mono ${isMarked ? '@max-[66rem]:hidden' : '@max-[30rem]:hidden'}`}
              >
                {shortId(app.clientId)}
              </span>
              <span className="flex min-w-0 items-center gap-3 @min-[30rem]:hidden">
                <SecretState app={app} />
                {!isMarked && <RelativeTime at={app.lastUsedAt} short />}
              </span>
              <Marks app={app} />
            </span>
          }
        />
      </Td>
      <Td from="wide">{ACTS_AS[app.actsAs]}</Td>
      <Td from="widest" className="max-w-32 truncate @min-[66rem]:max-w-40">
        {app.residence.name}
      </Td>
      <Td from="wide" className="max-w-44 truncate">
        <span className="inline-flex items-center gap-2">
          <Avatar name={app.owner.fullName} />
          {app.owner.fullName}
        </span>
      </Td>
      <Td from="narrow">
        <SecretState app={app} />
      </Td>
      <Td from="medium" muted>
        <RelativeTime at={app.lastUsedAt} short />
      </Td>
      <Td className="relative z-1 text-right">
        <RowMenu
          app={{ id: app.id, name: app.name, clientId: app.clientId }}
          href={href}
          isDisabled={app.state === 'disabled'}
          isMarked={app.rotationDueSince !== null}
          markedBecause={app.rotationDueBecause}
          mayRotate={app.clientType === 'server' && app.abilities.includes('connected-apps.rotate-secret')}
          mayChangeOwner={app.abilities.includes('connected-apps.change-owner')}
          mayDisable={app.abilities.includes('connected-apps.disable')}
          mayDelete={app.abilities.includes('connected-apps.delete')}
        />
      </Td>
    </Row>
  )
}

function Marks({ app }: { app: OwnedApp }) {
  return (
    <>
      {app.state === 'disabled' && <Chip>Disabled</Chip>}
      {app.origin === 'dynamic-registration' && <Chip outline>Dynamic</Chip>}
    </>
  )
}
