import { counted } from '#components/connected-apps/app-words'
import { OrganizationTile } from '#components/ui/app-tile'
import { Chip, StatusDot } from '#components/ui/chip'
import { RelativeTime } from '#components/ui/relative-time'
import { NameCell, Row, TableBox, Td, Th } from '#components/ui/table'
import type { Root } from '#lib/domain/organizations/list-roots'
import { RootMenu } from './root-menu.tsx'

/** One row a root organization. */
export function RootTable({ rows }: { rows: Root[] }) {
  return (
    <TableBox label="Organizations">
      <thead>
        <tr>
          <Th>Organization</Th>
          <Th from="medium">Owner</Th>
          <Th numeric from="wide">
            People
          </Th>
          <Th numeric from="wide">
            Apps
          </Th>
          <Th from="narrow">State</Th>
          <Th from="widest">Created</Th>
          <Th hiddenLabel="Acts" className="w-10" />
        </tr>
      </thead>
      <tbody>
        {rows.map((root) => (
          <RootRow key={root.id} root={root} />
        ))}
      </tbody>
    </TableBox>
  )
}

function RootRow({ root }: { root: Root }) {
  return (
    <Row className="h-14">
      <Td className="w-full max-w-0">
        <NameCell
          lead={<OrganizationTile name={root.name} />}
          name={<span className="truncate">{root.name}</span>}
          marks={
            root.suspended && (
              <span className="@min-[26rem]:hidden">
                <Chip tone="bad">Suspended</Chip>
              </span>
            )
          }
          detail={
            <span className="block truncate @min-[46rem]:hidden">
              <span className="@min-[36rem]:hidden">{root.owner.fullName}, </span>
              {counted(root.people, 'person', 'people')}, {counted(root.apps, 'app')}
            </span>
          }
        />
      </Td>
      <Td from="medium" className="max-w-60 truncate">
        <span className="block truncate">{root.owner.fullName}</span>
        <span className="block truncate text-meta text-muted">{root.owner.email}</span>
      </Td>
      <Td numeric from="wide">
        {root.people.toLocaleString('en')}
      </Td>
      <Td numeric from="wide">
        {root.apps.toLocaleString('en')}
        <span className="block text-meta text-muted">of {root.appsMax.toLocaleString('en')}</span>
      </Td>
      <Td from="narrow">
        {root.suspended ? (
          <span title={root.suspended.by ? `By ${root.suspended.by}` : undefined}>
            <StatusDot tone="bad">Suspended</StatusDot>
            <span className="block text-meta text-muted">
              <RelativeTime at={root.suspended.at} />
            </span>
          </span>
        ) : (
          <StatusDot tone="ok">Active</StatusDot>
        )}
      </Td>
      <Td from="widest" muted>
        <RelativeTime at={root.createdAt} />
      </Td>
      <Td className="text-right">
        <RootMenu
          root={{
            id: root.id,
            name: root.name,
            people: root.people,
            apps: root.apps,
            appsMax: root.appsMax,
          }}
          isSuspended={root.suspended !== null}
        />
      </Td>
    </Row>
  )
}
