import { parseCveId } from '../domain/cve/cve-id.ts';
import { type Component, type Sighting, toSighting } from '../domain/finding/sighting.ts';
import { clipLine } from '../kernel/clip.ts';
import { remember } from '../kernel/remember.ts';
import { type FoundIds, findIds } from './find-ids.ts';
import type { ListedComponent, TargetContent } from './intake.ts';
import { distinctLookedAt, lookedAtKey, toLookedAt } from './looked-at.ts';
import { createReportMerger } from './merge-sightings.ts';
import { ofSubject, theOnlySubject, withSubject } from './report-subject.ts';
import { reportedOfCve } from './reported.ts';
import { readColumnMap } from './reports/column-map.ts';
import { readBeginning, recogniseReport } from './reports/read-report.ts';
import type { Report, ReportedFinding, ReportItem } from './reports/report-format.ts';
import { tellDecoding } from './reports/tell-decoding.ts';
import { badFile, type TextSource, WHOLE_LIMIT_BYTES } from './reports/text-source.ts';

/** Broken entries of a report that are told one by one; the rest only count. */
const MOST_UNREADABLE = 20;

/** A whole document of JSON that is neither list nor object: `null`, `""`, a number. */
const JSON_VALUE = /^\ufeff?\s*(?:null|true|false|"[^"\n]*"|-?\d+(?:\.\d+)?)\s*$/;

/**
 * Reads a document as what it is: an SBOM, a scanner's report, a table, or text with ids in it.
 * @throws RiskError `BAD_INPUT` where it cannot be read, or is text that names no vulnerability
 */
export async function readDocumentAs(
  source: TextSource,
  columns: readonly string[],
  toContent: (found: FoundIds, file: string) => TargetContent,
): Promise<TargetContent> {
  const content = await readContent(source, columns, toContent);
  const { assumed, lost } = tellDecoding(source);
  const gaps = lost === null ? [] : [{ cveId: null, source: 'intake', reason: lost }];
  return {
    ...content,
    gaps: [...content.gaps, ...gaps],
    warnings: [...content.warnings, ...(assumed === null ? [] : [assumed])],
  };
}

async function readContent(
  source: TextSource,
  columns: readonly string[],
  toContent: (found: FoundIds, file: string) => TargetContent,
): Promise<TargetContent> {
  const beginning = await readBeginning(source);
  const report = await recogniseReport(source, beginning, readColumnMap(columns));
  if (report !== null) return readReport(source.name, report);
  if (!beginning.isWhole)
    throw badFile(source.name, `is text of more than ${WHOLE_LIMIT_BYTES / 2 ** 20} MB; split it`);
  const found = findIds(beginning.text, 'document');
  const isNothing = found.malformed.length === 0 || JSON_VALUE.test(beginning.text);
  if (found.ids.length === 0 && isNothing) {
    throw badFile(source.name, 'names no CVE; give CVE ids, one a line, an SBOM or a scanner report');
  }
  return toContent(found, source.name);
}

async function readReport(
  file: string,
  { format, titles = [], notes = [], mayBeVex, items }: Report,
): Promise<TargetContent> {
  const read = createContent(file);
  for await (const item of items) read.add(item);
  const { components, subjects, application } = read;
  // Statements of what is said of products, and nothing that was found: a VEX document.
  const isStatement = mayBeVex === true && components.length === 0 && !read.isFound;
  // Some formats name the application after what is in it.
  const subject = theOnlySubject(subjects);
  const sightings: Sighting[] = [];
  for (const sighting of read.merger.take()) {
    const place = sighting.application ?? application;
    sightings.push({ ...withSubject(sighting, subject), application: place, isStatement });
  }
  // Of what could not be read nobody knows what it lists.
  const isEmpty = sightings.length + components.length + read.unreadable.length === 0;
  return {
    sightings,
    lookedAt: distinctLookedAt(
      [...read.looked.values()].map((one) => ({
        ...withSubject(one, subject),
        application: one.application ?? application,
      })),
    ),
    components: components.map((one) => ({ ...one, application, evidence: ofSubject(one.evidence, subject) })),
    gaps: toGaps(file, read.unreadable),
    warnings: [...notesOf(`${file} (${format})`, read.withoutId, read.example, isEmpty), ...notes],
    malformed: [],
    moreMalformed: 0,
    titles,
  };
}

/** What a report comes to, item by item. */
function createContent(file: string) {
  const content = {
    // One by one: a report of hundreds of megabytes says the same of a component a thousand times.
    merger: createReportMerger(),
    components: [] as ListedComponent[],
    unreadable: [] as string[],
    subjects: new Set<string>(),
    /** Each once: of a host, thousands of rows may tell. */
    looked: new Map<string, Sighting>(),
    application: null as string | null,
    /** Whether anything was found, and not only said of a product. */
    isFound: false,
    withoutId: 0,
    /** One of those without id. */
    example: '',
    add,
  };

  function see(sighting: Sighting): void {
    const { vex, host, application } = sighting;
    if (vex === null || host !== null || application !== null) content.isFound = true;
    content.merger.add(sighting);
  }

  function add(item: ReportItem): void {
    switch (item.kind) {
      case 'finding':
        if (isBroken(item)) content.unreadable.push(`${file} ${item.position}: ${noCveId(item.ids[0] ?? '')}`);
        else for (const sighting of toSightings(item, file)) see(sighting);
        for (const id of item.broken ?? []) content.unreadable.push(`${file} ${item.position}: ${noCveId(id)}`);
        break;
      case 'subject':
        content.application = item.name;
        content.subjects.add(item.name);
        break;
      case 'looked': {
        const evidence = [{ file, position: null, tool: item.tool, severity: null }];
        const { id: application = null, names = [] } = item.subject ?? {};
        const looked = toLookedAt({ host: item.host, application, applicationNames: names, evidence });
        content.looked.set(lookedAtKey(looked), looked);
        break;
      }
      case 'unreadable':
        content.unreadable.push(`${file} ${item.position}: ${item.what}`);
        break;
      case 'component': {
        const evidence = { file, position: item.position, tool: null, severity: null };
        content.components.push({ component: item.component, application: null, evidence });
        break;
      }
      case 'no-id':
        content.withoutId += 1;
        content.example ||= item.what;
        break;
    }
  }
  return content;
}

/** A line on findings without an id, or on a report without any. */
function notesOf(report: string, withoutId: number, example: string, isEmpty: boolean): string[] {
  if (withoutId === 0) return isEmpty ? [`${report} lists no vulnerability`] : [];
  const what =
    withoutId === 1
      ? '1 finding names no vulnerability id and is'
      : `${withoutId} findings name no vulnerability id and are`;
  return [`${report}: ${what} not assessed, such as "${example.slice(0, 80)}"`];
}

function toGaps(file: string, unreadable: readonly string[]): TargetContent['gaps'] {
  const reasons = unreadable.slice(0, MOST_UNREADABLE);
  const more = unreadable.length - reasons.length;
  const all = more === 0 ? reasons : [...reasons, `${file}: ${more} more entries cannot be read`];
  return all.map((reason) => ({ cveId: null, source: 'intake', reason }));
}

/** Whether all that a finding names looks like CVE ids and is none, such as a placeholder. */
function isBroken({ ids }: ReportedFinding): boolean {
  return ids.every((id) => /^CVE-/i.test(id) && !parseCveId(id).ok);
}

function noCveId(id: string): string {
  return `"${clipLine(id, 80)}" is not a CVE id (expected CVE-YYYY-NNNN, four or more digits at the end)`;
}

/** Names and components stand in a report thousands of times: the latest are held once. */
const [SHARED, LONGEST_SHARED] = [20_000, 1000];
const shareText = remember(
  (text: string) => text,
  (text) => text,
  SHARED,
);
const shareComponent = remember((component: Component) => component, JSON.stringify, SHARED);
const share = (text: string | null) => (text === null || text.length > LONGEST_SHARED ? text : shareText(text));

/** A sighting for each CVE that a finding names, the other ids as aliases; for one that names none, its own id. */
function toSightings(finding: ReportedFinding, file: string): Sighting[] {
  const { host, subject, position, tool, severity, vex, reported } = finding;
  const component = finding.component === null ? null : shareComponent(finding.component);
  const ids = finding.ids.map(shareText);
  const isCve = (id: string) => parseCveId(id).ok;
  const cves = ids.filter(isCve);
  const others = ids.filter((id) => !isCve(id));
  const [own = ''] = others;
  const evidence = [{ file, position, tool, severity: share(severity) }];
  // Whatever a tool has found is there, however little the tool says of it.
  const described = reported ?? { title: null, description: null, cvssVectors: [], cwes: [] };
  const application = subject?.id ?? null;
  const names = subject === undefined || subject.names.length === 0 ? {} : { applicationNames: subject.names };
  const rest = { component, host, application, ...names, evidence, vex };
  if (finding.isWithdrawn) {
    // The record is what was taken back, and not the CVE that it was thought to be.
    const [vulnerabilityId = '', ...aliases] = ids;
    return [toSighting({ vulnerabilityId, aliases, ...rest, reported: described, register: 'withdrawn' })];
  }
  if (cves.length === 0) {
    return [toSighting({ vulnerabilityId: own, aliases: others.slice(1), ...rest, reported: described })];
  }
  // A tool that says something of it, or what mends it, has found it, though nobody else may know the id.
  const isDescribed = reported !== null || (component !== null && component.fixedVersion !== null);
  const said = isDescribed ? reportedOfCve(reported, tool ?? 'the report') : null;
  return cves.map((vulnerabilityId) => toSighting({ vulnerabilityId, aliases: others, ...rest, reported: said }));
}
