/** Whether somebody typed a client ID: ours, or the address of a metadata document. */
export function looksLikeClientId(text: string): boolean {
  return /^([0-9a-f]{32}|https:\/\/.+)$/i.test(text.trim())
}
