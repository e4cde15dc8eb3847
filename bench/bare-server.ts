import { createServer } from 'node:http'

/** The least a Node process can do for a page: what starting the product is measured against. */
createServer((_request, response) => response.end('<!doctype html><title>Bare</title>')).listen(
  Number(process.argv[2]),
  '127.0.0.1',
)
