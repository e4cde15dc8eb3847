import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '#components/shell/page-header'
import { Breadcrumb } from '#components/ui/breadcrumb'
import { Chip } from '#components/ui/chip'
import { CodeBlock } from '#components/ui/code-block'
import { CopyButton } from '#components/ui/copy-button'
import { LineList, Section } from '#components/ui/section'
import type { Id } from '#lib/base/ids'
import { getOperation, type OperationPage } from '#lib/gateways/rest/document/operations'
import { apiPath } from '../../../paths.ts'
import { Described, MembersTable } from '../members-table.tsx'
import { MethodChip } from '../method-chip.tsx'

type Props = { params: Promise<{ organizationId: Id<'organization'>; operation: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { operation } = await params
  const page = getOperation(operation)
  return { title: `${page ? titleOf(page) : 'Not found'} · API` }
}

/** One operation: what it does, what it takes and answers, and how it sounds. */
export default async function OperationPageView({ params }: Props) {
  const { organizationId, operation } = await params
  const page = getOperation(operation, { organization: organizationId })
  if (!page) notFound()
  const { answer } = page
  return (
    <>
      <PageHeader
        where={
          <Breadcrumb
            label="Where you are"
            steps={[
              { label: 'Access Management' },
              { label: 'API', href: apiPath(organizationId) },
              { label: page.noun },
            ]}
          />
        }
        title={titleOf(page)}
        meta={
          <>
            <MethodChip method={page.method} />
            <code className="font-mono text-meta">/api/v1{page.path}</code>
            <CopyButton iconOnly text={`/api/v1${page.path}`} label="Copy path" />
          </>
        }
      />
      <div className="grid gap-x-10 gap-y-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="flex min-w-0 flex-col gap-6">
          <Needs page={page} />
          {page.parameters.length > 0 && (
            <Section title="Parameters">
              <MembersTable label="Parameters" members={page.parameters} />
            </Section>
          )}
          {page.body && (
            <Section title="Body">
              <MembersTable label="Body" members={page.body} />
            </Section>
          )}
          <Section
            title={`Answer ${answer?.status ?? (page.files.length > 0 ? 200 : 204)}`}
            hint={answer ? undefined : withoutMembers(page)}
          >
            {answer && <MembersTable label="Answer" members={answer.members} showsNeed={false} />}
          </Section>
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Section title="Example">
            <CodeBlock label="Request" isNamed code={page.curl} />
            {answer && <CodeBlock label="Answer" isNamed code={JSON.stringify(answer.example, null, 2)} />}
          </Section>
          <Section title="Refusals" hint="As problem details (RFC 9457), with a sentence in detail.">
            <LineList label="Refusals">
              {page.problems.map(({ status, title, meaning }) => (
                <li key={status} className="items-baseline!">
                  <span className="w-8 shrink-0 font-mono text-meta">{status}</span>
                  <span className="min-w-0">
                    <span className="font-medium">{title}</span>{' '}
                    <span className="text-ink-2">
                      <Described text={meaning} />
                    </span>
                  </span>
                </li>
              ))}
            </LineList>
          </Section>
        </div>
      </div>
    </>
  )
}

/** The sentence without its full stop: it stands above the page. */
const titleOf = ({ summary }: OperationPage) => summary.replace(/\.$/, '')

/** What is answered where it is no JSON. */
function withoutMembers({ files }: OperationPage): string {
  return files.length === 0 ? 'Nothing: it is done.' : `A file: ${files.join(' or ')}.`
}

function Needs({ page: { more, needs, orNeeds, alsoNeeds, scope } }: { page: OperationPage }) {
  return (
    <div className="flex flex-col gap-2">
      {more && (
        <p className="max-w-2xl">
          <Described text={more} />
        </p>
      )}
      <p className="max-w-2xl text-ink-2">
        {needs === null ? (
          'For whoever is signed in.'
        ) : scope === null ? (
          <>{needs.sentence} No app may: people do it in the console, or by a token of their own.</>
        ) : (
          <>
            {needs.sentence} A token needs{' '}
            <Chip outline>
              <code className="font-mono">{scope}</code>
            </Chip>
          </>
        )}
      </p>
      {orNeeds.map(({ permission, sentence, scope: other }) => (
        <p key={permission} className="max-w-2xl text-ink-2">
          Or: {sentence} A token needs{' '}
          <Chip outline>
            <code className="font-mono">{other}</code>
          </Chip>
        </p>
      ))}
      {alsoNeeds.map(({ permission, sentence, isPeoples }) => (
        <p key={permission} className="max-w-2xl text-ink-2">
          For parts of it, besides: {sentence}{' '}
          {isPeoples && 'No app may: people do it in the console, or by a token of their own.'}
        </p>
      ))}
    </div>
  )
}
