import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { MOST_DEPTH } from './split-xml.ts';
import { badFile } from './text-source.ts';

/**
 * Reads an XML document as objects: attributes as `@name`, text as `#text`, names without their namespace's prefix. Entities that a document defines
 * itself are refused: reports have no use for them, attacks have.
 * @throws RiskError `BAD_INPUT`, one line
 */
export function readXml(name: string, text: string): unknown {
  if (definesEntities(text)) {
    throw badFile(name, 'defines XML entities, which may grow without bound; remove its DOCTYPE');
  }
  const verdict = XMLValidator.validate(text, { allowBooleanAttributes: true });
  if (verdict !== true)
    throw badFile(name, `begins like XML but cannot be read as XML (line ${verdict.err.line}): is it whole?`);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#text',
    transformTagName: withoutPrefix,
    // Declarations of namespaces stay: they tell the format.
    transformAttributeName: (name) => (name.startsWith('@xmlns') ? name : `@${withoutPrefix(name)}`),
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    processEntities: true,
    htmlEntities: true,
    maxNestedTags: MOST_DEPTH,
  });
  try {
    return parser.parse(text);
  } catch (error) {
    throw badFile(
      name,
      'begins like XML but cannot be read as XML: its elements are nested too deeply or broken',
      error,
    );
  }
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1).replace(/^@/, '');
}

/** Reports quote the attacks that they tell of, in CDATA: only what stands outside counts. */
function definesEntities(text: string): boolean {
  const prologue = text.slice(0, Math.max(0, text.search(/<[a-z_]/i)));
  return /<!ENTITY/i.test(prologue) || /<!ENTITY/i.test(text.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g, ''));
}
