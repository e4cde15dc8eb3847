import type { Metadata } from 'next'
import { counted } from '#components/connected-apps/app-words'
import { PageHeader } from '#components/shell/page-header'
import { EmptyState } from '#components/ui/empty-state'
import type { Id } from '#lib/base/ids'
import { CreateButton, GroupActs } from './group-acts.tsx'
import { GroupTable } from './group-table.tsx'
import { shownBranch } from './shown-branch.ts'

export const metadata: Metadata = { title: 'Business groups' }

type Props = { params: Promise<{ organizationId: Id<'organization'> }> }

/** The organization as a tree, as far as the person administers it: what is in each part, and where parts are made and moved. */
export default async function BusinessGroupsPage({ params }: Props) {
  const { organizationId } = await params
  const branch = await shownBranch(organizationId)
  const [top, ...below] = branch
  if (!top) throw new Error('A branch has a top.')
  const isEmpty = below.length === 0 && top.parentId === null
  return (
    <GroupActs branch={branch}>
      <PageHeader
        where="Access Management"
        title="Business groups"
        meta={
          below.length > 0 && (
            <p>
              {counted(below.length, 'business group')} below {top.name}. Roles are inherited downwards,
              people and apps counted upwards from their place.
            </p>
          )
        }
        acts={top.mayCreateBelow && !isEmpty && <CreateButton parentId={top.id} />}
      />
      {isEmpty ? (
        <EmptyState
          title="No business groups yet"
          act={top.mayCreateBelow && <CreateButton parentId={top.id} />}
        >
          A business group is a part of {top.name} with apps, environments and administrators of its own.
          Whoever has a role above it has it there too.
        </EmptyState>
      ) : (
        <GroupTable branch={branch} />
      )}
    </GroupActs>
  )
}
