import { PERMISSIONS, type Row, type TokenKind } from './catalogue.ts'

const HEAD = `# Who may do what

Printed from \`lib/domain/permissions/catalogue.ts\` by \`npm run permissions\`; a test compares the two.

Roles are inherited downwards: whoever administers an organization administers its business groups. **administrator** and
**developer** stand for the organization a thing resides in or one above it, **root-administrator** for the root
organization itself, **root-owner** for the one person who owns it, **owning-developer** for a developer who owns the app, **member** for anyone with a place in the
root organization, **placed** for anyone with a place in the organization itself, **operator** for who runs the deployment. An app needs the scope, in the organization, and for a
person the person's own right besides. What cannot be taken back is withheld from some tokens altogether.

| Permission | What it allows | Held by | Scope for apps |
|---|---|---|---|
`

/** The catalogue as the page that `docs/permissions.md` holds. */
export function permissionsPage(): string {
  const rows = Object.entries<Row>(PERMISSIONS).map(([name, { heldBy, scope, never = [], sentence }]) => {
    const scopes = scope === null ? 'none: no app may' : [`\`${scope}\``, ...never.map(without)].join(', ')
    return `| \`${name}\` | ${sentence} | ${heldBy.join(', ')} | ${scopes} |\n`
  })
  return HEAD + rows.join('')
}

function without(kind: TokenKind): string {
  return { own: 'not by an app for itself', password: 'not by a password token' }[kind]
}
