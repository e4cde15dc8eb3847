import type { Id } from '../../base/ids.ts'
import type { Call } from './route.ts'

type Named = Pick<Call, 'ids'>

/* What a path named: the router has refused ids that are not of their kind. */
export const organizationOf = ({ ids }: Named) => ids.organization as Id<'organization'>
export const environmentOf = ({ ids }: Named) => ids.environment as Id<'environment'>
export const appOf = ({ ids }: Named) => ids.app as Id<'app'>
export const secretOf = ({ ids }: Named) => ids.secret as Id<'secret'>
export const authorizationOf = ({ ids }: Named) => ids.authorization as Id<'authorization'>
export const apiOf = ({ ids }: Named) => ids.api as Id<'api'>
export const requestOf = ({ ids }: Named) => ids.request as Id<'approvalRequest'>
export const rotationOf = ({ ids }: Named) => ids.rotation as Id<'bulkRotation'>
export const keyOf = ({ ids }: Named) => ids.key as Id<'appKey'>
export const userOf = ({ ids }: Named) => ids.user as Id<'user'>
export const invitationOf = ({ ids }: Named) => ids.invitation as Id<'invitation'>
export const groupOf = ({ ids }: Named) => ids.group as Id<'group'>
export const eventOf = ({ ids }: Named) => ids.event as Id<'event'>
export const familyOf = ({ ids }: Named) => ids.family as Id<'tokenFamily'>
export const removalOf = ({ ids }: Named) => ids.removal as Id<'removal'>
