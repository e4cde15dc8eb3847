'use client'

export { default } from '../../(console)/o/[organizationId]/access-management/connected-apps/error.tsx'
