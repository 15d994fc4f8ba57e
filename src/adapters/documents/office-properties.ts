import { Parser } from 'htmlparser2';
import type { DocumentProperties } from './document-properties.ts';
import { unzip } from './unzip.ts';

const CORE = 'docProps/core.xml';
const NAMES: Readonly<Record<string, keyof DocumentProperties>> = {
  'dc:title': 'title',
  'dcterms:created': 'created',
  'dcterms:modified': 'modified',
};

/** The core properties of an Office document (ISO/IEC 29500-2, section 11). @throws UnreadableError where it is no archive */
export async function officeProperties(bytes: Buffer): Promise<DocumentProperties> {
  const properties = { title: '', created: '', modified: '' };
  const core = (await unzip(bytes, (name) => name === CORE)).get(CORE)?.toString('utf8') ?? '';
  let name: keyof DocumentProperties | undefined;
  const parser = new Parser(
    {
      onopentag: (tag) => {
        name = NAMES[tag];
      },
      ontext: (text) => {
        if (name !== undefined) properties[name] += text;
      },
      onclosetag: () => {
        name = undefined;
      },
    },
    { xmlMode: true },
  );
  parser.write(core);
  parser.end();
  return properties;
}
