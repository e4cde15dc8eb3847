import { idOf } from '../../base/ids.ts'
import type { Place } from './may.ts'

const NOWHERE = idOf('organization', '00000000-0000-0000-0000-000000000000')

/** The place of what concerns the deployment as a whole: no organization, so that only an operator stands there. */
export const DEPLOYMENT: Place = { organizationId: NOWHERE, rootOrganizationId: NOWHERE }
