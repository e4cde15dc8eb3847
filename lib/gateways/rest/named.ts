import type { Id } from '../../base/ids.ts'
import type { Call } from './route.ts'

/* What a path named: the router has refused ids that are not of their kind. */
export const organizationOf = ({ ids }: Call) => ids.organization as Id<'organization'>
export const appOf = ({ ids }: Call) => ids.app as Id<'app'>
export const secretOf = ({ ids }: Call) => ids.secret as Id<'secret'>
export const authorizationOf = ({ ids }: Call) => ids.authorization as Id<'authorization'>
export const requestOf = ({ ids }: Call) => ids.request as Id<'approvalRequest'>
