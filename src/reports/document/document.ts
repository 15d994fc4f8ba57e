import type { RiskLevel } from '../../domain/assessment/finding-schema.ts';
import type { Chart } from '../charts/chart.ts';

/**
 * The report that every typeset format shares: sections of blocks, all words chosen, all text from outside cleaned of control characters and
 * bounded. A renderer escapes for its format and decides nothing else.
 */
export interface ReportDocument {
  readonly language: Language;
  readonly cover: Cover;
  readonly branding: Branding;
  readonly sections: readonly Section[];
  /** Fixed words that a format needs of its own, such as the title of its table of contents. */
  readonly words: FormatWords;
}

/** BCP 47. */
export type Language = 'en' | 'de';

/** Sections in their order; the summary is page one. */
export const SECTION_IDS = [
  'summary',
  'changes',
  'heat-map',
  'money',
  'plan',
  'threat',
  'findings',
  'register',
  'accepted',
  'gaps',
  'method',
  'attributions',
] as const;
export type SectionId = (typeof SECTION_IDS)[number];

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The first thing that is seen: what this is about, how it may be passed on, how old its facts are. */
export interface Cover {
  readonly title: string;
  /** What was assessed, in a line. */
  readonly scope: string;
  /** Such as "TLP:AMBER" or "Internal"; null: none is given. */
  readonly classification: string | null;
  readonly facts: readonly Fact[];
  readonly dataDates: TableBlock;
  readonly notes: readonly string[];
}

export interface Branding {
  readonly organisation: string | null;
  readonly logo: Logo | null;
  /** `#rrggbb`; at least 4.5 : 1 on white. */
  readonly accent: string;
}

export interface Logo {
  readonly mediaType: 'image/png' | 'image/svg+xml';
  readonly base64: string;
  readonly alt: string;
}

/** A stretch of a line. */
export interface Run {
  readonly text: string;
  readonly style?: 'strong' | 'code' | 'muted';
  /** Shown as a label of the level: by colour, by shape and by its word. */
  readonly level?: RiskLevel;
  /** An https address that ERAS built of constants and a validated id; never taken from outside. */
  readonly href?: string;
  /** Id of a group of this document. */
  readonly target?: string;
}
export type Text = readonly Run[];

export interface Fact {
  readonly term: string;
  readonly value: Text;
}

/** A sentence with what it cites; who wrote it stands in its block. */
export interface Sentence {
  readonly text: string;
  /** Such as `E1`; their texts stand in the block's `evidence`. */
  readonly cites: readonly string[];
}

/** Prose about facts. From a model, each sentence is marked, not only the block. */
export interface ProseBlock {
  readonly kind: 'prose';
  readonly label: string | null;
  readonly sentences: readonly Sentence[];
  /** The document's, or `en`: models write English, and so do rules of another version. */
  readonly language: Language;
  readonly isFromModel: boolean;
  /** The mark of each sentence of a model, such as "AI"; empty for rules. */
  readonly mark: string;
}

export interface Column {
  readonly title: string;
  readonly align?: 'end';
  /** Share of the width, any unit. */
  readonly weight: number;
}

export interface Cell {
  readonly text: Text;
  /** What the column is sorted by, where the text is not it. */
  readonly sort?: string | number;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The first cell of a row names it. */
  readonly isRowHeaded: boolean;
  /** What is left out, where something is. */
  readonly note: string | null;
}

/** A chart with what it says in words and as a table, for whoever does not see it. */
export interface FigureBlock {
  readonly kind: 'figure';
  readonly chart: Chart;
  readonly alt: string;
  readonly table: TableBlock;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Text; readonly tone: 'lead' | 'plain' | 'note' | 'warning' }
  | ProseBlock
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly Text[] }
  | { readonly kind: 'facts'; readonly items: readonly Fact[] }
  | {
      readonly kind: 'answers';
      readonly items: readonly { readonly question: string; readonly answer: readonly Text[] }[];
    }
  | {
      readonly kind: 'counts';
      /** `shown`: the count as the reader writes numbers. */
      readonly items: readonly { readonly level: RiskLevel; readonly word: string; readonly shown: string }[];
    }
  | TableBlock
  | FigureBlock
  | {
      readonly kind: 'group';
      /** Unique in the document. */
      readonly id: string;
      readonly title: Text;
      readonly blocks: readonly Block[];
    };

/** Words that formats use around the sections. */
export interface FormatWords {
  readonly about: string;
  readonly contents: string;
  readonly skip: string;
  readonly chartAsTable: string;
  readonly sortHint: string;
  readonly page: string;
  readonly of: string;
}
