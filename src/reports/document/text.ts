import type { RiskLevel } from '../../domain/assessment/finding-schema.ts';
import { parseCveId } from '../../domain/cve/cve-id.ts';
import { plainText } from '../words.ts';
import type { Block, Cell, Run, Text } from './document.ts';

/** Text from outside or of our own as a line; cleaned and cut at a limit of characters. */
export function line(text: string, limit = 300): Text {
  return [{ text: plainText(text, limit) }];
}

/** The same, emphasised. */
export function strong(text: string, limit = 300): Run {
  return { text: plainText(text, limit), style: 'strong' };
}

/** A level as its label. */
export function levelRun(level: RiskLevel, word: string): Run {
  return { text: word, level };
}

/** An id of a vulnerability; a CVE id leads to its page at the NVD, anything else leads nowhere. */
export function idRun(vulnerabilityId: string): Run {
  const parsed = parseCveId(vulnerabilityId);
  const text = plainText(vulnerabilityId, 80);
  return parsed.ok ? { text, href: `https://nvd.nist.gov/vuln/detail/${parsed.value}` } : { text };
}

/** A cell of a table. */
export function cell(text: Text | string, sort?: string | number): Cell {
  const runs = typeof text === 'string' ? line(text) : text;
  if (sort === undefined) return { text: runs };
  return { text: runs, sort: typeof sort === 'string' ? plainText(sort, 40) : sort };
}

/** A paragraph. */
export function paragraph(text: Text | string, tone: 'lead' | 'plain' | 'note' | 'warning' = 'plain'): Block {
  return { kind: 'paragraph', text: typeof text === 'string' ? line(text, 2000) : text, tone };
}
