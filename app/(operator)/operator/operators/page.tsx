import type { Metadata } from 'next'
import { PageHeader } from '#components/shell/page-header'
import { Avatar } from '#components/ui/avatar'
import { DateTime } from '#components/ui/relative-time'
import { NameCell, Row, TableBox, Td, Th } from '#components/ui/table'
import { listOperators } from '#lib/domain/users/list-operators'
import { requireActor } from '#lib/gateways/console/actor'
import { shown } from '#lib/gateways/console/refuse'
import { EndOffice, NameOperator } from './operator-acts.tsx'

export const metadata: Metadata = { title: 'Operators' }

/** Who runs the deployment. There is always somebody. */
export default async function OperatorsPage() {
  const actor = await requireActor('/operator/operators')
  const operators = await shown(listOperators(actor))
  return (
    <>
      <PageHeader
        where="Deployment"
        title="Operators"
        meta={
          <p>Operators create and suspend organizations. Their office gives no right inside any of them.</p>
        }
        acts={<NameOperator />}
      />
      <TableBox label="Operators">
        <thead>
          <tr>
            <Th>Person</Th>
            <Th from="medium">E-mail</Th>
            <Th from="narrow">Since</Th>
            <Th hiddenLabel="Acts" className="w-10" />
          </tr>
        </thead>
        <tbody>
          {operators.map((operator) => (
            <Row key={operator.id} className="h-14">
              <Td className="w-full max-w-0">
                <NameCell
                  lead={<Avatar name={operator.fullName} size="medium" />}
                  name={
                    <span className="truncate">
                      {operator.fullName}
                      {operator.id === actor.userId && <span className="text-muted"> (you)</span>}
                    </span>
                  }
                  detail={<span className="block truncate">{operator.username}</span>}
                />
              </Td>
              <Td from="medium" className="max-w-72 truncate">
                {operator.email}
              </Td>
              <Td from="narrow" muted>
                <DateTime at={operator.since} />
              </Td>
              <Td className="text-right">
                <EndOffice
                  operator={{ id: operator.id, fullName: operator.fullName }}
                  isSelf={operator.id === actor.userId}
                  isLast={operators.length === 1}
                />
              </Td>
            </Row>
          ))}
        </tbody>
      </TableBox>
    </>
  )
}
