type Asked = {
  app: { name: string }
  organization: { name: string }
  added: readonly unknown[]
  entry: { group: { name: string } | null; outsiders: number } | null
}

/** What a request is about, in a line: an app that is new, one that asks for more, or people outside the group it is listed for. */
export function requestTitle({ app, organization, added, entry }: Asked): string {
  const scopes = `${added.length} ${added.length === 1 ? 'scope' : 'scopes'}`
  if (entry && entry.outsiders > 0)
    return `${app.name} is asked for outside ${entry.group?.name ?? 'its group'}`
  if (entry) return `${app.name} asks for ${scopes} beyond its entry`
  return added.length === 0
    ? `${app.name} is new at ${organization.name}`
    : `${app.name} is new at ${organization.name} and asks for ${scopes}`
}
