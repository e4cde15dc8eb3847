import { database } from '#db/client'
import { deployment } from '#db/schema/deployment'
import { isSetUp } from './setup-codes.ts'

export type Deployment = {
  purpose: 'production' | 'demo' | 'development' | 'test'
  /** Until it is, every visitor is led to the set-up page. */
  isSetUp: boolean
}

/** What anyone may know of this deployment: what it is for, and whether it has been set up. */
export async function getDeployment(): Promise<Deployment> {
  const db = database()
  const [[kept], isDone] = await Promise.all([
    db.select({ purpose: deployment.purpose }).from(deployment),
    isSetUp(db),
  ])
  return { purpose: kept?.purpose ?? 'production', isSetUp: isDone }
}
