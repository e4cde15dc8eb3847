/** Keeps a preference of this browser for a year. For looks only: nothing that anyone decides by. */
export function rememberInCookie(name: 'theme' | 'time-zone', value: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
}
