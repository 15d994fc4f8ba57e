/** What a report from a system of record has in the place of a file: the system and its table, such as `servicenow:incident`. */
const RECORD_FILE = /^servicenow:[a-z_]+$/;

/** A record of work that a vulnerability came from. */
export interface RecordName {
  /** As evidence has it, such as `servicenow:incident`. */
  readonly file: string;
  /** The number that people call it by. */
  readonly number: string;
}

/** Whether evidence is a record of work, and not a file. */
export function isRecordFile(file: string): boolean {
  return RECORD_FILE.test(file);
}

/** The place that a record is. */
export function recordPlace({ file, number }: RecordName): string {
  return JSON.stringify(['record', file, number]);
}

/** The record that a place is; null where it is none. */
export function parseRecordPlace(place: string): RecordName | null {
  if (!place.startsWith('["record",')) return null;
  const [, file, number] = JSON.parse(place) as readonly string[];
  return file === undefined || number === undefined ? null : { file, number };
}
