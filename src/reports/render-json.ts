import type { Finding } from '../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import type { AssessmentStore } from '../ports/assessment-store.ts';

/** Where the findings of an assessment are read, as often as its format asks for. */
export type FindingReader = Pick<AssessmentStore, 'readFindings' | 'readFindingsAsJson'>;

/** Where a report is written, as text or as UTF-8; resolves when the reader can take more. */
export type Write = (text: string | Uint8Array) => Promise<void>;

/** An assessment to be rendered: findings stream, since 100,000 of them do not fit one string. */
export interface ReportInput {
  readonly head: AssessmentHead;
  readonly findings: AsyncIterable<Finding>;
}

/** The same with the findings as the JSON that the store holds: nothing is read only to be written again. */
export interface JsonReportInput {
  readonly head: AssessmentHead;
  readonly findings: (separator: string) => AsyncIterable<Uint8Array>;
}

/** The document of the outside contract, a finding a line. */
export async function renderJson({ head, findings }: JsonReportInput, write: Write): Promise<void> {
  const { schemaVersion, id, createdAt, finishedAt, request, dataAsOf, ...rest } = head;
  const opening = JSON.stringify({ schemaVersion, id, createdAt, finishedAt, request, dataAsOf }, null, 2);
  await write(`${opening.slice(0, -2)},\n  "findings": [`);
  let start = '\n    ';
  for await (const some of findings(',\n    ')) {
    if (start !== '') await write(start);
    await write(some);
    start = '';
  }
  await write(`\n  ],\n${JSON.stringify(rest, null, 2).slice(2)}\n`);
}

/** The same document as one line, for streams of events. */
export async function renderJsonLine({ head, findings }: JsonReportInput, write: Write): Promise<void> {
  await write(`${JSON.stringify(head).slice(0, -1)},"findings":[`);
  for await (const some of findings(',')) await write(some);
  await write(']}');
}
