import { clipLine } from '../../kernel/clip.ts';
import type { Finding } from '../assessment/finding-schema.ts';

/** What the names of ERAS' tickets, their correlation ids, begin with. */
export const TICKET_PREFIX = 'eras:';

/** What one person does once to mend one or many findings. */
export type Fix =
  | { readonly kind: 'upgrade'; readonly component: string; readonly fixedVersion: string }
  | { readonly kind: 'component'; readonly component: string }
  | { readonly kind: 'product'; readonly vendor: string; readonly product: string }
  | { readonly kind: 'vulnerability'; readonly vulnerabilityId: string };

/** Longest name that a fix keeps; longer ones are no names. */
const LONGEST_NAME = 200;

/**
 * The fix of a finding: the component's upgrade where a report names the version that mends it, else something to be done about the component,
 * the product, or the vulnerability, whichever is the first that is known.
 */
export function fixOf({
  component,
  affected,
  vulnerabilityId,
}: Pick<Finding, 'component' | 'affected' | 'vulnerabilityId'>): Fix {
  const name = component === null ? null : componentName(component);
  const fixedVersion = clipLine(component?.fixedVersion ?? '', LONGEST_NAME);
  if (name !== null) {
    return fixedVersion === ''
      ? { kind: 'component', component: name }
      : { kind: 'upgrade', component: name, fixedVersion };
  }
  const [first] = affected;
  if (first === undefined) return { kind: 'vulnerability', vulnerabilityId };
  return {
    kind: 'product',
    vendor: clipLine(first.vendor, LONGEST_NAME),
    product: clipLine(first.product, LONGEST_NAME),
  };
}

/** The text that is the same for the same fix, and for no other one. */
export function fixIdentity(fix: Fix): string {
  switch (fix.kind) {
    case 'upgrade':
      return JSON.stringify([fix.kind, fix.component, fix.fixedVersion]);
    case 'component':
      return JSON.stringify([fix.kind, fix.component]);
    case 'product':
      return JSON.stringify([fix.kind, fix.vendor.toLowerCase(), fix.product.toLowerCase()]);
    case 'vulnerability':
      return JSON.stringify([fix.kind, fix.vulnerabilityId]);
  }
}

/**
 * The text that names a fix's ticket. Which versions mend a component is told differently by each report, and changes as branches are mended: the upgrade stays the same
 * piece of work.
 */
export function ticketIdentity(fix: Fix): string {
  if (fix.kind !== 'upgrade') return fixIdentity(fix);
  return JSON.stringify([fix.kind, fix.component.replace('/@', '/%40')]);
}

/** Whether a source that answers one day and not the next can make it look like another fix. */
export function isFickle({ kind }: Fix): boolean {
  return kind === 'product' || kind === 'vulnerability';
}

function componentName({ purl, name, cpe }: NonNullable<Finding['component']>): string | null {
  const text = clipLine((purl === null ? name : withoutVersion(purl)) ?? cpe ?? '', LONGEST_NAME);
  return text === '' ? null : text;
}

/** A package URL up to its version: `pkg:npm/%40scope/name`; an `@` in a namespace is written `%40`, or stands before a slash. */
function withoutVersion(purl: string): string {
  const path = purl.split(/[?#]/, 1)[0] ?? purl;
  const at = path.lastIndexOf('@');
  return at > path.lastIndexOf('/') + 1 ? path.slice(0, at) : path;
}
