import type { Finding } from '../domain/assessment/finding-schema.ts';
import type { AssessmentHead } from '../domain/assessment/schema.ts';
import type { AssessmentStore } from '../ports/assessment-store.ts';

/** Where the findings of an assessment are read, as often as its format asks for. */
export type FindingReader = Pick<AssessmentStore, 'readFindings' | 'readFindingsAsJson'>;

/** Where a report is written; resolves when the reader can take more. */
export type Write = (text: string) => Promise<void>;

/** An assessment to be rendered: findings stream, since 100,000 of them do not fit one string. */
export interface ReportInput {
  readonly head: AssessmentHead;
  readonly findings: AsyncIterable<Finding>;
}

/** The same with each finding as the JSON that the store holds: nothing is read only to be written again. */
export interface JsonReportInput {
  readonly head: AssessmentHead;
  readonly findings: AsyncIterable<string>;
}

/** The document of the outside contract, a finding a line. */
export async function renderJson({ head, findings }: JsonReportInput, write: Write): Promise<void> {
  const { schemaVersion, id, createdAt, finishedAt, request, dataAsOf, ...rest } = head;
  const opening = JSON.stringify({ schemaVersion, id, createdAt, finishedAt, request, dataAsOf }, null, 2);
  await write(`${opening.slice(0, -2)},\n  "findings": [`);
  let separator = '\n';
  for await (const finding of findings) {
    await write(`${separator}    ${finding}`);
    separator = ',\n';
  }
  await write(`\n  ],\n${JSON.stringify(rest, null, 2).slice(2)}\n`);
}

/** The same document as one line, for streams of events. */
export async function renderJsonLine({ head, findings }: JsonReportInput, write: Write): Promise<void> {
  await write(`${JSON.stringify(head).slice(0, -1)},"findings":[`);
  let separator = '';
  for await (const finding of findings) {
    await write(`${separator}${finding}`);
    separator = ',';
  }
  await write(']}');
}
