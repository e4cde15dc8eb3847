import { TableBox, Td, Th } from '#components/ui/table'
import type { Member } from '#lib/gateways/rest/document/members'

type Props = { label: string; members: (Member & { place?: string })[]; showsNeed?: boolean }

/** Members one a line; what lies inside another is set in. */
export function MembersTable({ label, members, showsNeed = true }: Props) {
  return (
    <TableBox label={label}>
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Type</Th>
          <Th from="medium">What it is</Th>
        </tr>
      </thead>
      <tbody>
        {members.map((member, at) => (
          // The same name may stand in several objects.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <tr key={`${member.name} ${at}`} className="border-t border-line align-baseline [&>td]:py-2">
            <Td>
              <span style={{ paddingLeft: `${member.depth * 14}px` }}>
                <code className="font-mono text-meta font-medium">{member.name}</code>
                {showsNeed && member.isNeeded && <span className="ml-1.5 text-meta text-warn">needed</span>}
              </span>
            </Td>
            <Td muted wrap>
              {member.type}
              {member.place && member.place !== 'path' && (
                <span className="text-muted"> · {member.place}</span>
              )}
              {member.choices.length > 0 && (
                <span className="block font-mono text-meta text-muted [overflow-wrap:anywhere]">
                  {member.choices.join(', ')}
                </span>
              )}
              <span className="block text-ink-2 @min-[36rem]:hidden">
                <Described text={member.description} />
              </span>
            </Td>
            <Td from="medium" wrap className="w-1/2 text-ink-2">
              <Described text={member.description} />
            </Td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  )
}

/** A sentence in which `words` of code stand apart. */
export function Described({ text }: { text: string }) {
  return text.split('`').map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the sentence never changes
      <code key={at} className="font-mono text-meta">
        {part}
      </code>
    ),
  )
}
