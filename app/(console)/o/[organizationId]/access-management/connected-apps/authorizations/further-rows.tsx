import { TextLink } from '#components/ui/text-link'
import { urlWith } from '../../../../../url-query.ts'
import type { Query } from './list-query.ts'

type Props = {
  path: string
  query: Query
  /** What of the URL says where the rows begin. */
  name: 'people-after' | 'families-after'
  next: string | null
  /** How many are shown. */
  rows: number
}

/** The ways on and back of a list within the details; nothing where all of it is shown. */
export function FurtherRows({ path, query, name, next, rows }: Props) {
  if (!next && !query[name]) return null
  const hrefFrom = (cursor: string | undefined) => urlWith(path, query, { [name]: cursor })
  return (
    <p className="flex justify-between">
      {query[name] ? (
        <TextLink href={hrefFrom(undefined)} scroll={false}>
          Back to the first
        </TextLink>
      ) : (
        <span />
      )}
      {next && (
        <TextLink href={hrefFrom(next)} scroll={false}>
          Next {rows}
        </TextLink>
      )}
    </p>
  )
}
