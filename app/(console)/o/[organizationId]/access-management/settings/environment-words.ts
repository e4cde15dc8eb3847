export const KIND = { design: 'Design', sandbox: 'Sandbox', production: 'Production' } as const
export const KIND_HINT = {
  design: 'Where APIs are drawn up.',
  sandbox: 'Where changes are tried.',
  production: 'Where the real data is.',
} as const
export type Kind = keyof typeof KIND
