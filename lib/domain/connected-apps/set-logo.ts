import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { appLogos } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { newLogoPicture } from './logo-picture.ts'
import { openApp } from './open-app.ts'
import { type SetLogoInput, setLogoSchema } from './schema.ts'

/**
 * Gives an app a logo: the file is opened and drawn anew (`newLogoPicture`), and nothing else of it is kept. Returns its digest,
 * under which it is served. Refuses files that are no picture we take.
 */
export async function setLogo(actor: Actor, input: SetLogoInput): Promise<{ logo: string }> {
  const { appId, picture } = parse(setLogoSchema, input)
  // Asked before, too: nobody has us open pictures for an app they may not change.
  await transaction((tx) => openApp(tx, actor, appId, 'connected-apps.update'))
  const png = await newLogoPicture(picture)
  const sha256 = createHash('sha256').update(png).digest()
  return transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.update')
    const values = { sha256, png, updatedAt: sql`now()`, updatedBy: personOf(actor) }
    await tx
      .insert(appLogos)
      .values({ appId, ...values })
      .onConflictDoUpdate({ target: appLogos.appId, set: values })
    const logo = sha256.toString('hex')
    await record(tx, actor, {
      name: 'connected-app.logo-set',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
      details: { logo },
    })
    return { logo }
  })
}
