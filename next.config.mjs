import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('.', import.meta.url))

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  agentRules: false,
  // A lockfile in a folder above would make Next take that folder for the project.
  outputFileTracingRoot: project,
  turbopack: { root: project },
  // Loaded from node_modules as they are: they bring native code or expect to be single.
  serverExternalPackages: ['@node-rs/argon2', 'oidc-provider', 'pino', 'postgres'],
  // `npm run types` checks them, once.
  typescript: { ignoreBuildErrors: true },
  experimental: { authInterrupts: true },
}
