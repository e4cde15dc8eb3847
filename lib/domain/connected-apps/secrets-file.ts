import { csvLines } from '../../base/csv.ts'

/** One new secret, with what whoever deploys the app knows it by. */
export type HandedOver = { app: string; clientId: string; secret: string }

export type SecretsFormat = 'csv' | 'json' | 'env'

/** The new secrets as one file, for a person, a program or a shell. */
export function secretsFile(format: SecretsFormat, secrets: readonly HandedOver[]): string {
  switch (format) {
    case 'csv':
      return csvLines(
        [
          ['app', 'client_id', 'client_secret'],
          ...secrets.map(({ app, clientId, secret }) => [app, clientId, secret]),
        ],
        'unix',
      )
    case 'json':
      return `${JSON.stringify(
        secrets.map(({ app, clientId, secret }) => ({ app, client_id: clientId, client_secret: secret })),
        null,
        2,
      )}\n`
    case 'env':
      return secrets
        .map(({ app, clientId, secret }, at) => {
          const name = variableName(app, clientId, secrets.slice(0, at))
          return `# ${app.replaceAll(/[\r\n\u2028\u2029]/g, ' ')}\n${name}_CLIENT_ID=${clientId}\n${name}_CLIENT_SECRET=${secret}\n`
        })
        .join('\n')
  }
}

/** The app's name as a variable's; with its client ID where another app has the same one or none is left of it. */
function variableName(app: string, clientId: string, before: readonly HandedOver[]): string {
  const plain = plainName(app)
  const isTaken = plain === '' || before.some((other) => plainName(other.app) === plain)
  return isTaken ? `${plain || 'APP'}_${clientId.toUpperCase()}` : plain
}

function plainName(app: string): string {
  return app
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, 'APP_')
}
