import { Network } from 'lucide-react'
import { counted } from '#components/connected-apps/app-words'
import { OrganizationTile } from '#components/ui/app-tile'
import { NameCell, Row, RowLink, TableBox, Td, Th } from '#components/ui/table'
import type { BranchNode } from '#lib/domain/organizations/list-business-groups'
import { ownedAppsPath } from '../../paths.ts'
import { RowMenu } from './row-menu.tsx'

/** One row an organization, each indented below the one it belongs to. People and apps are counted with all below it. */
export function GroupTable({ branch }: { branch: BranchNode[] }) {
  return (
    <TableBox label="Business groups">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th numeric from="narrow">
            People in all
          </Th>
          <Th numeric from="medium">
            Own administrators
          </Th>
          <Th numeric from="narrow">
            Apps in all
          </Th>
          <Th hiddenLabel="Acts" className="w-10" />
        </tr>
      </thead>
      <tbody>
        {branch.map((node) => (
          <GroupRow key={node.id} node={node} isRoot={node.parentId === null} />
        ))}
      </tbody>
    </TableBox>
  )
}

function GroupRow({ node, isRoot }: { node: BranchNode; isRoot: boolean }) {
  return (
    <Row data-organization={node.id} className="@max-[26rem]:h-14">
      <Td className="w-full max-w-0">
        {/* Steps shrink on a phone, so that the tenth level keeps room for a name. */}
        <div
          style={{ '--depth': node.depth } as React.CSSProperties}
          className="pl-[calc(var(--depth)*1.5rem)] @max-[36rem]:pl-[calc(var(--depth)*0.75rem)]"
        >
          <NameCell
            lead={
              isRoot ? (
                <OrganizationTile name={node.name} size="small" />
              ) : (
                <span className="flex size-6 shrink-0 items-center justify-center rounded-control bg-subtle text-ink-2">
                  <Network className="size-3.5" aria-hidden />
                </span>
              )
            }
            name={
              <RowLink href={ownedAppsPath(node.id)} prefetch={false} className="truncate">
                {node.name}
              </RowLink>
            }
            detail={
              <span className="truncate @min-[26rem]:hidden">
                {counted(node.people, 'person', 'people')}, {counted(node.apps, 'app')}
              </span>
            }
          />
        </div>
      </Td>
      <Td numeric from="narrow">
        {node.people.toLocaleString('en')}
      </Td>
      <Td numeric from="medium" muted={node.ownAdministrators > 0}>
        {node.ownAdministrators > 0 ? node.ownAdministrators.toLocaleString('en') : <FromAbove />}
      </Td>
      <Td numeric from="narrow">
        {node.apps.toLocaleString('en')}
      </Td>
      <Td className="relative z-1 text-right">
        <RowMenu node={node} />
      </Td>
    </Row>
  )
}

/** None of its own: those above it administer it. */
function FromAbove() {
  return <span className="text-muted">From above</span>
}
