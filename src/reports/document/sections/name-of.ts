import { plainText } from '../../words.ts';
import type { Messages } from '../messages/messages.ts';

/** The reader's word for a factor or an outcome; an unknown name stands as it is. */
export function nameOf(name: string, messages: Messages): string {
  return messages.finding.names[name] ?? plainText(name, 60);
}

/** The reader's word for the value of an outcome, such as a timeline. */
export function outcomeOf(value: string, messages: Messages): string {
  const tables: readonly Readonly<Record<string, string>>[] = [
    messages.timelines,
    messages.deployer,
    messages.coordinator,
    messages.levels,
  ];
  const known = tables.find((table) => Object.hasOwn(table, value))?.[value];
  return known ?? plainText(messages.translate('value', value) ?? value, 60);
}

/** Factors whose values are names, vectors and numbers. */
const NAMES = new Set(['control', 'environmental', 'cvss', 'epss', 'criticality']);

/** The reader's word for the value of a factor. */
export function factorValue(name: string, value: string, messages: Messages): string {
  return NAMES.has(name) ? value : (messages.translate('value', value) ?? value);
}
