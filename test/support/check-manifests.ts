import { join } from 'node:path';
import ts from 'typescript';

/** A Kubernetes object. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
}

/** The package that knows an object's type. */
function moduleOf({ apiVersion }: Manifest): string {
  return apiVersion.startsWith('keda.sh/')
    ? `@kubernetes-models/keda/${apiVersion}`
    : `kubernetes-models/${apiVersion}`;
}

/** What is wrong with objects by the schemas of Kubernetes' API: values of the wrong form. */
export async function checkValues(manifests: readonly Manifest[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const manifest of manifests) {
    const models = (await import(moduleOf(manifest))) as Record<string, new (data: Manifest) => { validate(): void }>;
    const Model = models[manifest.kind];
    if (Model === undefined) throw new Error(`${moduleOf(manifest)} knows no ${manifest.kind}`);
    try {
      new Model(manifest).validate();
    } catch (error) {
      wrong.push(`${manifest.kind} ${manifest.metadata.name}: ${String(error)}`);
    }
  }
  return wrong;
}

const ROOT = join(import.meta.dirname, '../..');
const FILE = join(ROOT, 'manifests-to-check.ts');

/** What is wrong with objects by the types of Kubernetes' API: fields that it does not know, which a cluster would drop without a word. */
export function checkFields(manifests: readonly Manifest[]): string[] {
  const source = manifests
    .map((manifest, index) => {
      const type = `import('${moduleOf(manifest)}').I${manifest.kind}`;
      return `export const _${index}: ${type} = ${JSON.stringify(manifest)};`;
    })
    .join('\n');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2023,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === FILE || fileExists(name);
  host.readFile = (name) => (name === FILE ? source : readFile(name));
  host.getSourceFile = (name, version, ...rest) =>
    name === FILE ? ts.createSourceFile(name, source, version) : getSourceFile(name, version, ...rest);
  const program = ts.createProgram([FILE], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n').slice(0, 500));
}
