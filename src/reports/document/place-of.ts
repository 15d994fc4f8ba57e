import type { Finding } from '../../domain/assessment/finding-schema.ts';
import { plainText } from '../words.ts';
import type { Messages } from './messages/messages.ts';

/** What it is in and on, such as "log4j-core 2.14.1 on web-1", in the reader's language; empty where neither is known. */
export function placeOf({ component, asset }: Pick<Finding, 'component' | 'asset'>, messages: Messages): string {
  const name = component?.name ?? component?.purl ?? component?.cpe ?? null;
  const what = name === null ? '' : `${name}${component?.installedVersion ? ` ${component.installedVersion}` : ''}`;
  return plainText(messages.place(what, asset === null ? '' : (asset.name ?? asset.id)), 120);
}
