import type { BranchNode } from '#lib/domain/organizations/list-business-groups'

export type ParentChoice = { value: string; label: string; hint?: string }

/**
 * Where a business group may go, as far as the tree alone tells: not below itself, not where it stands. Each with the way
 * down to it, because names repeat. Depth and names are judged when the effect is counted.
 */
export function parentsFor(group: BranchNode, branch: readonly BranchNode[]): ParentChoice[] {
  const known = new Map(branch.map((node) => [node.id, node]))
  const wayTo = (node: BranchNode): BranchNode[] => {
    const above = node.parentId ? known.get(node.parentId) : undefined
    return above ? [...wayTo(above), node] : [node]
  }
  return branch
    .filter((node) => node.mayCreateBelow && node.id !== group.parentId)
    .map((node) => ({ node, way: wayTo(node) }))
    .filter(({ way }) => !way.some(({ id }) => id === group.id))
    .map(({ node, way }) => ({
      value: node.id,
      label: node.name,
      hint:
        way
          .slice(0, -1)
          .map(({ name }) => name)
          .join(' › ') || undefined,
    }))
}
