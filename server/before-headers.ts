import type { ServerResponse } from 'node:http'

/** Runs `last` just before the headers go out: it may still set headers, and returns the status to send. */
export function beforeHeaders(response: ServerResponse, last: (status: number) => number): void {
  const { writeHead } = response
  response.writeHead = function (this: ServerResponse, status: number, ...rest: []) {
    response.writeHead = writeHead
    return writeHead.call(this, last(status), ...rest)
  } as typeof writeHead
}
