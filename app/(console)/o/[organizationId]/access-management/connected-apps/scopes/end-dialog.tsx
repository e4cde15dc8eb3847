'use client'

import { useQuery } from '@tanstack/react-query'
import { RefusalNotice } from '#components/forms/refusal-notice'
import { useAct } from '#components/forms/use-act'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { EffectFigures } from '#components/ui/facts'
import { Skeleton } from '#components/ui/skeleton'
import { toast } from '#components/ui/toast'
import { countText } from '#lib/base/bounded-count'
import { listed } from '#lib/base/listed'
import type { DocumentedScope } from '#lib/domain/connected-apps/list-apis'
import type { EndEffect } from '#lib/domain/connected-apps/preview-end'
import { readApi } from '../../../../../read-api.ts'
import { closeApi, closeScope } from './actions.ts'
import type { ActedApi } from './acts.tsx'
import { lifetimeText } from './api-words.ts'

type Props = { api: ActedApi; scope?: DocumentedScope; onClose: () => void }

/** Says whom the end of a scope, or of an API with all of its scopes, takes what from. */
export default function EndDialog({ api, scope, onClose }: Props) {
  const what = scope?.name ?? api.name
  const effect = useQuery({
    queryKey: ['end-effect', api.id, scope?.name],
    queryFn: () =>
      readApi<EndEffect>(
        `/apis/${api.id}/end-effect${scope ? `?${new URLSearchParams({ scope: scope.name })}` : ''}`,
      ),
    staleTime: 0,
    retry: 1,
    // Offline it says at once that nothing could be counted.
    networkMode: 'always',
  })
  const done = () => {
    onClose()
    toast(`${what} has ended.`)
  }
  const endingApi = useAct(closeApi, done)
  const endingScope = useAct(closeScope, done)
  const { pending, refusal } = scope ? endingScope : endingApi
  const { data } = effect
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`End ${what}?`}
      confirm={scope ? 'End scope' : 'End API'}
      danger
      typedName={scope ? undefined : api.name}
      isReady={!effect.isPending}
      pending={pending}
      onConfirm={() =>
        scope
          ? endingScope.run({ apiId: api.id, name: scope.name })
          : endingApi.run({ apiId: api.id, name: api.name })
      }
      details={
        <div className="flex flex-col gap-4">
          <EffectFigures
            figures={[
              {
                label:
                  data?.appsCount === 1 ? 'app has it' : scope ? 'apps have it' : 'apps have a scope of it',
                value: <Counted count={data?.appsCount} isError={effect.isError} />,
                detail: namesOf(data),
              },
              {
                label: data?.authorizations === 1 ? 'authorization holds it' : 'authorizations hold it',
                value: <Counted count={data?.authorizations} isError={effect.isError} />,
              },
              ...(scope
                ? []
                : [
                    {
                      label: data?.scopes.length === 1 ? 'scope ends' : 'scopes end',
                      value: <Counted count={data?.scopes.length} isError={effect.isError} />,
                    },
                  ]),
            ]}
          />
          <p>
            <strong className="font-medium text-bad">This can’t be undone.</strong>{' '}
            {scope ? 'The name stays taken.' : 'The audience, the prefix and all names stay taken.'} What
            people authorized otherwise goes on.
          </p>
          {data?.jwtSeconds && (
            <p className="text-ink-2">
              A JWT access token that is out may be accepted for {lifetimeText(data.jwtSeconds)} more.
            </p>
          )}
          <RefusalNotice refusal={refusal} />
        </div>
      }
    >
      {scope
        ? 'No app can be given it any more, and tokens lose it at their next check.'
        : 'No app can be given a scope of it any more, and tokens lose them at their next check.'}
    </ConfirmDialog>
  )
}

function namesOf(effect: EndEffect | undefined): string | undefined {
  if (!effect || effect.apps.length === 0) return undefined
  const more = effect.appsCount - effect.apps.length
  return listed(
    effect.apps.map(({ name }) => name),
    more,
  )
}

function Counted({ count, isError }: { count: number | undefined; isError: boolean }) {
  if (count !== undefined) return countText(count)
  if (isError) return <span title="It could not be counted. It ends all the same.">–</span>
  return <Skeleton className="my-1 h-5 w-12" />
}
