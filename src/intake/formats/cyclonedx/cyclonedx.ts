import { clipLine } from '../../../kernel/clip.ts';
import { toComponent } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem, XmlFormat } from '../../reports/report-format.ts';
import { at, fieldsOf, firstText, listAt, textAt, textOf } from '../../reports/values.ts';
import { JSON_SYNTAX, type Syntax, XML_SYNTAX } from './syntax.ts';
import { type Bom, type ListedComponent, readVulnerability } from './vulnerabilities.ts';

/** Components inside one another whose place is written out; what lies deeper is given its ancestor's place. */
const DEEPEST_PLACE = 50;

/** CycloneDX 1.2 to 1.7 (ECMA-424) in JSON. */
export const CYCLONEDX_JSON: JsonFormat = {
  kind: 'json',
  name: 'CycloneDX',
  mayBeVex: true,
  large: 'vulnerabilities',
  matches: (document) =>
    textAt(document, 'bomFormat') === 'CycloneDX' ||
    /cyclonedx\.org\/schema\/bom/.test(textAt(document, '$schema') ?? ''),
  read: (document, { offset }) => readBom(document, JSON_SYNTAX, offset),
};

/** CycloneDX 1.0 to 1.7 in XML, with the vulnerability extension 1.0 that came before vulnerabilities were part of the specification. */
export const CYCLONEDX_XML: XmlFormat = {
  kind: 'xml',
  name: 'CycloneDX XML',
  mayBeVex: true,
  large: [],
  matches: (document) =>
    Object.entries(fieldsOf(at(document, 'bom'))).some(
      ([name, value]) => name.startsWith('@') && /cyclonedx\.org\/schema\/bom/.test(textOf(value) ?? ''),
    ),
  read: (document) => readBom(at(document, 'bom'), XML_SYNTAX, 0),
};

/** Versions of the specification (ECMA-424; cyclonedx.org, "Release History"). */
const KNOWN_VERSION = /^1\.[0-7]$/;

/** What a later version has put elsewhere is not found where these look for it. */
function* otherVersion(bom: unknown, syntax: Syntax): Generator<ReportItem> {
  const [position, given] =
    syntax === JSON_SYNTAX ? ['/specVersion', at(bom, 'specVersion')] : ['bom/@xmlns', namespaceVersion(bom)];
  const version = textOf(given);
  if (version === null || KNOWN_VERSION.test(version)) return;
  const what = `its version "${clipLine(version, 20)}" of CycloneDX is not known (1.0 to 1.7 are); it was read as 1.7, and may hold more`;
  yield { kind: 'unreadable', position, what };
}

function namespaceVersion(bom: unknown): string | undefined {
  const texts = Object.entries(fieldsOf(bom)).flatMap(
    ([name, value]) => (name.startsWith('@') ? textOf(value) : null) ?? [],
  );
  return texts.flatMap((text) => /cyclonedx\.org\/schema\/bom\/([\w.]+)/.exec(text)?.[1] ?? [])[0];
}

/** Lists of a JSON document that are none: nothing of them can be read, and a BOM without them looks clean. */
function* wrongLists(bom: unknown, syntax: Syntax): Generator<ReportItem> {
  if (syntax !== JSON_SYNTAX) return;
  for (const name of ['components', 'vulnerabilities']) {
    const value = at(bom, name);
    if (value === null || value === undefined || Array.isArray(value)) continue;
    yield { kind: 'unreadable', position: `/${name}`, what: 'is no list, and nothing of it can be read' };
  }
}

function* readBom(bom: unknown, syntax: Syntax, offset: number): Generator<ReportItem> {
  const listed = listComponents(bom, syntax);
  if (offset === 0) yield* otherVersion(bom, syntax);
  if (offset === 0) yield* wrongLists(bom, syntax);
  if (offset === 0) yield* readInventory(bom, listed);
  const known: Bom = {
    syntax,
    components: indexByRef(listed),
    tool: toolOf(bom, syntax),
    author: authorOf(bom, syntax),
    at: textAt(bom, 'metadata', 'timestamp'),
  };
  for (const [index, entry] of syntax.list(bom, 'vulnerabilities', 'vulnerability').entries()) {
    const position = syntax.place(syntax.root, 'vulnerabilities', 'vulnerability', offset + index);
    yield* readVulnerability(entry, position, known);
  }
  // The extension puts them into components as well.
  for (const one of offset === 0 ? listed : []) {
    for (const [index, entry] of syntax.list(one.source, 'vulnerabilities', 'vulnerability').entries()) {
      const position = syntax.place(one.position, 'vulnerabilities', 'vulnerability', index);
      yield* readVulnerability(entry, position, known, one.component);
    }
  }
}

function* readInventory(bom: unknown, listed: readonly ListedComponent[]): Generator<ReportItem> {
  const subject = at(bom, 'metadata', 'component');
  const name = nameOf(subject);
  if (name !== null) yield { kind: 'subject', name, version: textAt(subject, 'version') };
  for (const { isSubject, component, position } of listed) {
    if (isSubject) continue;
    if (component === null) yield { kind: 'unreadable', position, what: 'a component without name' };
    else yield { kind: 'component', component, position };
  }
}

/** Every component in the document's order, at whatever depth. A list of those still to do instead of recursion: depth is the author's choice. */
function listComponents(bom: unknown, syntax: Syntax): ListedComponent[] {
  const listed: ListedComponent[] = [];
  const children = (source: unknown, position: string, depth: number) =>
    syntax.list(source, 'components', 'component').map((child, index) => ({
      source: child,
      position: depth > DEEPEST_PLACE ? position : syntax.place(position, 'components', 'component', index),
      depth,
      isSubject: false,
    }));
  const subject = at(bom, 'metadata', 'component');
  const todo = children(bom, syntax.root, 0).reverse();
  if (subject !== undefined) todo.push({ source: subject, position: syntax.subject, depth: 0, isSubject: true });
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { source, position, depth, isSubject } = next;
    listed.push({ source, position, isSubject, component: readComponent(source), ref: syntax.ref(source) });
    for (const child of children(source, position, depth + 1).reverse()) todo.push(child);
  }
  return listed;
}

function readComponent(source: unknown) {
  return toComponent({
    purl: textAt(source, 'purl'),
    cpe: textAt(source, 'cpe'),
    name: nameOf(source),
    installedVersion: textAt(source, 'version'),
  });
}

function nameOf(component: unknown): string | null {
  const [group, name] = [textAt(component, 'group'), textAt(component, 'name')];
  return group === null || name === null ? name : `${group}/${name}`;
}

/** The first of those with the same reference, which the specification forbids. */
function indexByRef(listed: readonly ListedComponent[]): ReadonlyMap<string, ListedComponent> {
  const index = new Map<string, ListedComponent>();
  for (const one of listed) if (one.ref !== null && !index.has(one.ref)) index.set(one.ref, one);
  return index;
}

/** Tools are a list up to 1.4, components of tools since 1.5. */
function toolOf(bom: unknown, syntax: Syntax): string | null {
  const tools = at(bom, 'metadata', 'tools');
  const [old] = syntax.list(at(bom, 'metadata'), 'tools', 'tool');
  const [recent] = syntax.list(tools, 'components', 'component');
  return firstText(at(old, 'name'), at(recent, 'name'));
}

function authorOf(bom: unknown, syntax: Syntax): string | null {
  const [author] = syntax.list(at(bom, 'metadata'), 'authors', 'author');
  const organisations = ['supplier', 'manufacturer', 'manufacture'].map((role) =>
    textAt(listAt(bom, 'metadata', role)[0], 'name'),
  );
  return firstText(...organisations, at(author, 'name'));
}
