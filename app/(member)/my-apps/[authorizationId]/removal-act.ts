/** The act of the form that removes one authorization: a token made for one is worth nothing for another. */
export function removalAct(authorizationId: string): string {
  return `remove ${authorizationId}`
}
