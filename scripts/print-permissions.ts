import { writeFileSync } from 'node:fs'
import { permissionsPage } from '#lib/domain/permissions/permissions-page'

/** Writes `docs/permissions.md` anew from the catalogue. */
writeFileSync('docs/permissions.md', permissionsPage())
console.log('docs/permissions.md says what the catalogue says.')
