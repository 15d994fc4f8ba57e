import type { Component, Host, ReportedVulnerability, VexStatement } from '../../domain/finding/sighting.ts';
import type { FindingSubject } from './finding-subject.ts';

/** A vulnerability that a report lists. */
export interface ReportedFinding {
  readonly kind: 'finding';
  /** All ids that the report gives it, the report's own first; at least one. Each CVE among them becomes a finding, the others are its aliases. */
  readonly ids: readonly string[];
  /** What stands beside them, looks like a CVE id and is none; left out where nothing does. */
  readonly broken?: readonly string[];
  readonly component: Component | null;
  readonly host: Host | null;
  /** What this one finding is about, where it is no host and the report is about several; left out where it does not say. */
  readonly subject?: FindingSubject;
  /** A JSON pointer (RFC 6901), `line 12`, or the name of an element. */
  readonly position: string;
  /** The tool that found it. */
  readonly tool: string | null;
  /** The tool's own word, as it writes it. */
  readonly severity: string | null;
  readonly vex: VexStatement | null;
  /** Whether the database whose record it is has taken it back; left out where it has not. */
  readonly isWithdrawn?: boolean;
  readonly reported: ReportedVulnerability | null;
}

/** A component that a report lists, whatever is known of its vulnerabilities. */
export interface ReportedComponent {
  readonly kind: 'component';
  readonly component: Component;
  readonly position: string;
}

/** What the whole report is about: the application or image of an SBOM, the scanned host. */
export interface ReportedSubject {
  readonly kind: 'subject';
  readonly name: string;
  readonly version: string | null;
}

/** A host, image or workload in which the tool looked for vulnerabilities and found none. */
export interface LookedAt {
  readonly kind: 'looked';
  /** Null: what the whole report is about. */
  readonly host: Host | null;
  readonly subject: FindingSubject | null;
  /** As it stands in the evidence of findings. */
  readonly tool: string;
}

/** Something that cannot be used: an entry that is broken (`unreadable`), or a finding that names no vulnerability (`no-id`: a misconfiguration, a secret). */
export interface UnusableEntry {
  readonly kind: 'unreadable' | 'no-id';
  readonly position: string;
  /** What is wrong with it, in a few words; of `no-id`, its name. */
  readonly what: string;
}

export type ReportItem = ReportedFinding | ReportedComponent | ReportedSubject | LookedAt | UnusableEntry;

/** Where a part of a large report stands in the whole. */
export interface ReportPart {
  /** Entries of the format's large array, or rows, before this part. */
  readonly offset: number;
  /** What a reader keeps for later parts of the same document: entries that others refer to. */
  readonly memory?: Map<string, unknown>;
}

/** A format of JSON documents. Parts of a document are only read: text in them is data, and anything may be missing or of the wrong type. */
export interface JsonFormat {
  readonly kind: 'json';
  /** As people call it. */
  readonly name: string;
  /**
   * The array that grows with the report, as a path with `*` for any entry (`runs.*.results`): a document of hundreds of megabytes is read with a
   * part of it at a time, all else in place. '' is the document itself. Null: only whole.
   */
  readonly large: string | null;
  /** Whether a document of it may be statements about products and nothing that was found: VEX. */
  readonly mayBeVex?: true;
  /** Whether a document is of this format, by what it says of itself or by fields that no other format has; cheap, and never throws. */
  matches(document: unknown): boolean;
  read(document: unknown, part: ReportPart): Iterable<ReportItem>;
}

/** A format of one JSON object a line, or one after the other; `read` is given some of them at a time. */
export interface JsonLinesFormat {
  readonly kind: 'json-lines';
  readonly name: string;
  /** Whether an object among the first ones is of this format. */
  matches(first: unknown): boolean;
  read(objects: readonly unknown[], part: ReportPart): Iterable<ReportItem>;
}

/** A format of XML documents, as objects: attributes are `@name`, text beside attributes or elements is `#text`, an element that occurs once is no array. */
export interface XmlFormat {
  readonly kind: 'xml';
  readonly name: string;
  /** Paths of the elements by which a report is long, names without prefix (`NessusClientData_v2.Report.ReportHost`): a large document is read with some of them at a time. Empty: only whole. */
  readonly large: readonly string[];
  readonly mayBeVex?: true;
  matches(document: unknown): boolean;
  read(document: unknown): Iterable<ReportItem>;
}

/** A row of a table: its cells by the column's title in lower case. */
export interface CsvRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A format of tables with titles in a row near the beginning. */
export interface CsvFormat {
  readonly kind: 'csv';
  readonly name: string;
  /** Whether a row is the titles of this format; titles are in lower case. */
  matches(titles: readonly string[]): boolean;
  /** All titles of columns that may be read, of a table that anybody may have made: others are told. Left out of a tool's own tables, whose further columns are known. */
  readonly known?: readonly string[];
  read(rows: readonly CsvRow[], part: ReportPart): Iterable<ReportItem>;
}

/** A format of text of its own, read whole. */
export interface TextFormat {
  readonly kind: 'text';
  readonly name: string;
  /** Whether a text's first characters say that it is of this format. */
  matches(start: string): boolean;
  read(text: string): Iterable<ReportItem>;
}

export type ReportFormat = JsonFormat | JsonLinesFormat | XmlFormat | CsvFormat | TextFormat;

/** A document as one of the formats: what it is, and what it lists. */
export interface Report {
  /** The format, as people call it. */
  readonly format: string;
  /** Whether it may be a VEX document; left out where it may not. */
  readonly mayBeVex?: true;
  /** Of a table: its columns, in lower case. */
  readonly titles?: readonly string[];
  readonly items: AsyncIterable<ReportItem> | Iterable<ReportItem>;
  /** What the reader should know of the document as a whole, a line each. */
  readonly notes?: readonly string[];
}

/** A document of a format of JSON or XML, and what it lists. */
export function toReport({ name, mayBeVex }: JsonFormat | XmlFormat, items: Report['items']): Report {
  return { format: name, items, ...(mayBeVex ? { mayBeVex } : {}) };
}
