/** The act of the form on an approval's page: a token made for one request is worth nothing at another. */
export function approvalAct(requestId: string): string {
  return `approve ${requestId}`
}
