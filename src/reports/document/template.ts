import type { Language, Logo, SectionId } from './document.ts';

/** The look that a Word file gives: the XML of its styles and of its theme; null where it has none. */
export interface WordTemplate {
  readonly styles: string;
  readonly theme: string | null;
  /** Names of styles whose text could not be read, in white or in letters of a point: what makes it so is not taken. */
  readonly unreadable: readonly string[];
}

/** Whose report it is and how it looks: checked when it was read. */
export interface ReportTemplate {
  /** In the place of "Vulnerability risk assessment". */
  readonly title: string | null;
  readonly organisation: string | null;
  readonly classification: string | null;
  readonly logo: Logo | null;
  /** `#rrggbb`, at least 4.5 : 1 on white. */
  readonly accent: string;
  readonly hidden: readonly SectionId[];
  readonly language: Language;
  /** What DOCX takes its styles from; null: ours. */
  readonly word: WordTemplate | null;
}

/** Sections that no template can turn off: page one, what is not known, and what the publishers of the facts ask for. */
export const FIXED_SECTIONS: readonly SectionId[] = ['summary', 'gaps', 'attributions'];

/** A dark blue of cividis: 13 : 1 on white. */
export const DEFAULT_ACCENT = '#123570';

export const DEFAULT_TEMPLATE: ReportTemplate = {
  title: null,
  organisation: null,
  classification: null,
  logo: null,
  accent: DEFAULT_ACCENT,
  hidden: [],
  language: 'en',
  word: null,
};
