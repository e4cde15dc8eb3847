import { FormToken } from '#components/forms/form-token'
import { PlainSubmit } from '#components/forms/plain-submit'
import { CopyField } from '#components/ui/copy-field'
import { Notice } from '#components/ui/notice'
import { RelativeTime } from '#components/ui/relative-time'
import { TextArea } from '#components/ui/text-area'
import { newFormToken } from '#lib/base/form-token'
import { REASON_LENGTH_MAX } from '#lib/domain/allowlist/schema'
import type { Notice as Refused } from '#lib/gateways/console/notice'
import type { Asking, WaitingRequest } from '#lib/gateways/oauth/interaction-view'
import { actOf } from './asked.ts'

type Props = {
  uid: string
  /** As the page names it: what is asked for. */
  app: Asking['app']
  request: WaitingRequest
  sessionId: string | null
  notice: Refused | null
}

/** The request, or what became of it, and the link for those who would rather ask in person. */
export function AskApproval({ uid, app, request, sessionId, notice }: Props) {
  return (
    <>
      {request.own ? (
        <>
          <Notice tone="ok">
            You asked <RelativeTime at={request.own.requestedAt} className="lowercase" />
            {request.own.reason ? <>: “{request.own.reason}”</> : '.'} {waitingWords(request.othersWaiting)}
          </Notice>
          <form method="post" action={`/interaction/${uid}/approval-withdrawal`}>
            <FormToken token={newFormToken(actOf(uid, 'withdraw'), sessionId)} />
            <input type="hidden" name="requestId" value={request.id} />
            <PlainSubmit>Withdraw my request</PlainSubmit>
          </form>
        </>
      ) : (
        <form method="post" action={`/interaction/${uid}/approval-request`} className="flex flex-col gap-3">
          <FormToken token={newFormToken(actOf(uid, 'request'), sessionId)} />
          <input type="hidden" name="requestId" value={request.id} />
          <input type="hidden" name="appName" value={app.name} />
          <input type="hidden" name="publisher" value={app.publisher} />
          <TextArea
            label="Why do you need it?"
            aside="Optional, shown to your administrators"
            name="reason"
            maxLength={REASON_LENGTH_MAX}
            defaultValue={notice?.typed.reason}
            error={notice?.fields.reason}
          />
          <PlainSubmit variant="primary" size="large" wide>
            Request approval
          </PlainSubmit>
          {request.othersWaiting > 0 && (
            <p className="text-center text-meta text-muted">{waitingWords(request.othersWaiting)}</p>
          )}
        </form>
      )}
      <div className="mt-1 border-t border-line pt-4">
        <CopyField
          label={
            request.own
              ? 'Send an administrator this link, if it is urgent'
              : 'Or send an administrator this link'
          }
          value={request.link}
        />
      </div>
    </>
  )
}

function waitingWords(others: number): string {
  if (others === 0) return ''
  return others === 1 ? 'A colleague waits for the same.' : `${others} colleagues wait for the same.`
}
