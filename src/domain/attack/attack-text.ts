import type { AttackCatalogue } from './attack.ts';

/** A text that is known to speak of a technique. */
export interface AttackText {
  readonly techniqueId: string;
  /** `description`: what ATT&CK says the technique is; `procedure`: how a group or a program has used it, as ATT&CK tells it. */
  readonly kind: 'description' | 'procedure';
  readonly text: string;
}

/** A release of ATT&CK with its texts, which are kept apart: assessments need none of them. */
export interface AttackRelease extends AttackCatalogue {
  readonly texts: readonly AttackText[];
}

/** A release without its texts. */
export function withoutTexts({
  version,
  modified,
  techniques,
  tactics,
  groups,
}: AttackCatalogue | AttackRelease): AttackCatalogue {
  return { version, modified, techniques, tactics, groups };
}
