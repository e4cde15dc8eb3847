/** A browser without eyes: keeps cookies by path and goes where it is told, one step at a time. */
export class Browser {
  readonly #origin: string
  readonly #cookies = new Map<string, { name: string; value: string; path: string }>()

  constructor(origin: string) {
    this.#origin = origin
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#ask(path, { headers: { accept: 'text/html', ...headers } })
  }

  async post(
    path: string,
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.#ask(path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { accept: 'text/html', ...headers },
    })
  }

  /** What it would send along to this path. */
  cookieHeader(path = '/'): string {
    const sent = [...this.#cookies.values()].filter(
      (cookie) =>
        path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, '/')) || cookie.path === '/',
    )
    return sent.map(({ name, value }) => `${name}=${value}`).join('; ')
  }

  set(name: string, value: string, path = '/'): void {
    if (value) this.#cookies.set(`${name} ${path}`, { name, value, path })
    else this.#cookies.delete(`${name} ${path}`)
  }

  /** Every value it holds. */
  values(): string[] {
    return [...this.#cookies.values()].map(({ value }) => value)
  }

  async #ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> {
    const url = new URL(path, this.#origin)
    const cookie = this.cookieHeader(url.pathname)
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie && { cookie }) },
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line, url.pathname)
    return response
  }

  #keep(line: string, requested: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? requested
    const isGone = attributes.some((one) => /^expires=Thu, 01 Jan 1970/i.test(one))
    this.set(name, isGone ? '' : value, path)
  }
}
