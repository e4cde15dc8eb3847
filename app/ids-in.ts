/**
 * The parameters of an address, each taken for the id it should be. Nothing is checked here: queries and verbs refuse
 * what is no id just as they refuse the id of nothing.
 */
export async function idsIn<Ids extends Record<string, string>>(
  params: Promise<{ [name in keyof Ids]: string }>,
): Promise<Ids> {
  return (await params) as Ids
}
