import { cookies } from 'next/headers'
import type { Id } from '#lib/base/ids'
import { Refusal } from '#lib/base/refusal'
import { streamOf } from '#lib/base/stream-of'
import { eventFile, FILE_TYPES } from '#lib/domain/audit/event-file'
import { exportEvents } from '#lib/domain/audit/export-events'
import type { ExportFormat } from '#lib/domain/audit/schema'
import { actorNow, currentActor } from '#lib/gateways/console/actor'
import { answerForm } from '#lib/gateways/console/answer-form'
import { timeZoneFrom } from '../../../../../../../../components/shell/preferences.ts'
import { idsIn } from '../../../../../../../ids-in.ts'
import { auditExportPath } from '../../../../paths.ts'
import { eventFilters, FILTER_KEYS, readQuery } from '../../list-query.ts'
import { EVENTS_HEADER, exportAct } from '../export-act.ts'

type Context = { params: Promise<{ organizationId: string }> }

/**
 * Hands over the audit log as a file, as fast as the browser takes it and no faster: the next events are read when the last
 * were sent. Whoever goes away ends it.
 */
export async function POST(request: Request, context: Context): Promise<Response> {
  const { organizationId } = await idsIn<{ organizationId: Id<'organization'> }>(context.params)
  const page = auditExportPath(organizationId)
  return answerForm(request, { act: exportAct(organizationId), page }, async (form) => {
    const actor = await currentActor()
    if (!actor) throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on.')
    const query = readQuery(Object.fromEntries(FILTER_KEYS.map((key) => [key, form.get(key)])))
    const timeZone = timeZoneFrom((await cookies()).get('time-zone')?.value)
    const format = form.get('format') as ExportFormat
    const filters = eventFilters(query, timeZone, Date.now())
    const made = await exportEvents(actor, { ...filters, rootOrganizationId: organizationId, format })
    const day = new Date().toISOString().slice(0, 10)
    return new Response(
      streamOf(
        eventFile(
          format,
          made.batches(() => actorNow(actor)),
        ),
        'An export of the audit log was broken off',
      ),
      {
        headers: {
          'content-type': FILE_TYPES[format],
          'content-disposition': `attachment; filename="audit-log-${day}.${format}"`,
          'cache-control': 'no-store',
          [EVENTS_HEADER]: String(made.total),
        },
      },
    )
  })
}
