import { isIP } from 'node:net';
import { findCveIds, parseCveId } from '../../domain/cve/cve-id.ts';
import type { Component, Host, ReportedVulnerability, VexStatement } from '../../domain/finding/sighting.ts';
import type { FindingSubject } from './finding-subject.ts';
import type { ReportedFinding, ReportItem } from './report-format.ts';
import { textOf, wholeTextOf } from './values.ts';

/** Ids of one finding at most: plugins for a year of a kernel's updates name a thousand. */
const MOST_IDS = 5000;
const LONGEST_ID = 100;
/**
 * An id of whatever database: words, numbers and the signs that databases join them with (`SNYK-JS-LODASH-450202`, `RHSA-2021:5132`, `VU#123456`). What begins
 * like a CVE id and is none, has part of a path in it, or is a number that any database may have, is none.
 */
const VENDOR_ID = /^(?!CVE[-_]?\d)(?=.*[a-z])(?!.*(?:\.\.|\/\/))[a-z\d@][\w@]*(?:[-.:#/+~][\w@]+)*$/i;
/** Vectors, and weaknesses, of one vulnerability at most. */
const MOST_OF_A_KIND = 50;

/** What is left out is null. */
export function toComponent(given: Partial<Component>): Component | null {
  const { purl = null, cpe = null, name = null, installedVersion = null, fixedVersion = null } = given;
  if (purl === null && cpe === null && name === null) return null;
  return { purl, cpe, name, installedVersion, fixedVersion };
}

/** A finding from what a report gives; one without any id is an entry that cannot be used, called `what`. */
export function toFinding(
  given: Partial<Omit<ReportedFinding, 'kind' | 'ids' | 'subject'>> & {
    readonly subject?: FindingSubject | null;
    readonly position: string;
    readonly ids: readonly unknown[];
  },
  what: unknown = null,
): ReportItem {
  const { position } = given;
  const ids = distinctIds(given.ids);
  const broken = brokenIds(given.ids);
  if (ids.length === 0) {
    return broken[0] === undefined
      ? { kind: 'no-id', position, what: textOf(what) ?? firstText(given.ids) ?? 'a finding' }
      : { kind: 'unreadable', position, what: `"${broken[0]}" is no CVE id` };
  }
  const { component = null, host = null, tool = null, severity = null, reported = null } = given;
  const vex = given.vex ? { ...given.vex, at: toMoment(given.vex.at) } : null;
  const rest = {
    ...(given.subject ? { subject: given.subject } : {}),
    ...(given.isWithdrawn ? { isWithdrawn: true } : {}),
    ...(broken.length === 0 ? {} : { broken }),
  };
  return { kind: 'finding', ids, component, host, position, tool, severity, vex, reported, ...rest };
}

function firstText(ids: readonly unknown[]): string | null {
  return (
    ids
      .slice(0, MOST_IDS)
      .map((id) => textOf(id))
      .find((text) => text !== null) ?? null
  );
}

/** What can only have been meant as a CVE id, and is none. */
function brokenIds(ids: readonly unknown[]): string[] {
  const texts = ids.slice(0, MOST_IDS).map((id) => wholeTextOf(id) ?? '');
  const meant = texts.filter((text) => /^\s*CVE[-_]?\d/i.test(text) && findCveIds(text).length === 0);
  return [...new Set(meant.map((text) => text.slice(0, 60)))];
}

/** A moment as ISO 8601 in UTC, so that two can be compared; null where it is none. */
function toMoment(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text)) return null;
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return null;
  return text.endsWith('Z') ? text : moment.toISOString();
}

/** Ids as a report writes them: white space around and lower case of CVE ids forgiven, each once. */
export function distinctIds(ids: readonly unknown[]): string[] {
  const texts = ids.slice(0, MOST_IDS).flatMap((id) => {
    const text = wholeTextOf(id);
    if (text === null || text.length > LONGEST_ID || /[\s,;]/.test(text)) return text === null ? [] : findCveIds(text);
    const cve = parseCveId(text);
    return cve.ok ? [cve.value] : VENDOR_ID.test(text) ? [text] : [];
  });
  return [...new Set(texts)];
}

/** What a report says of a vulnerability; null where it says nothing. */
export function toReported(given: {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly cvssVectors?: readonly string[];
  readonly cwes?: readonly string[];
}): ReportedVulnerability | null {
  const { title = null, description = null, cvssVectors = [], cwes = [] } = given;
  return title === null && description === null && cvssVectors.length === 0 && cwes.length === 0
    ? null
    : { title, description, cvssVectors: cvssVectors.slice(0, MOST_OF_A_KIND), cwes: cwes.slice(0, MOST_OF_A_KIND) };
}

/** States in which scanners keep a finding after it was mended. */
const FIXED_STATE = /^(?:fixed|resolved|closed|remediated|mitigated)$/i;

/** A finding that its scanner saw mended stays one, and says so. Null for any other state. */
export function toFixedStatement(state: string | null, author: string): VexStatement | null {
  if (state === null || !FIXED_STATE.test(state)) return null;
  return { status: 'fixed', justification: null, detail: `The scanner's state is "${state}".`, author, at: null };
}

/** A finding that people told its scanner to leave out stays one, and says so; like any VEX statement it hides nothing that CISA lists as exploited. */
export function toSuppressedStatement(detail: string, author: string): VexStatement {
  return { status: 'not_affected', justification: null, detail, author, at: null };
}

/** A host from its names and addresses, the preferred first; each may be an address, a name or a URL, or missing. Null where none is there. */
export function toHost(...names: readonly unknown[]): Host | null {
  let [hostname, ip]: [string | null, string | null] = [null, null];
  for (const given of names) {
    const name = bareHost(textOf(given) ?? '');
    if (isIP(name) !== 0) ip ??= name;
    else if (name !== '') hostname ??= name;
  }
  return hostname === null && ip === null ? null : { hostname, ip };
}

const LONGEST_HOST = 253;

/** `https://web-1.example.org:8443/app`, `web-1.example.org:8443`, `[::1]:8443`; not `svc:8080`, `app:1` and `db/prod`, which are names as they stand. */
const WITH_MORE = /^[a-z][a-z\d+.-]*:\/\/|^[^/:\s]+\.[^/:\s]+:\d+$|^\[[\da-f:.]+\](?::\d+)?$/i;

/** A host as a scanner names it: of a URL without scheme, account, port and path, of a name with dots or an address without the port; else as it stands. Empty where it is none. */
export function bareHost(text: string): string {
  if (!WITH_MORE.test(text)) return /\s/.test(text) ? '' : text.slice(0, LONGEST_HOST);
  const address = /^(?:[a-z][\w+.-]*:\/\/)?(?:[^@/?#]*@)?(\[[^\]]*\]|[^/?#]*)/i.exec(text)?.[1] ?? text;
  if (isIP(address) !== 0) return address;
  const bare = address.replace(/^\[(.*)\]$/, '$1').replace(/^([^:]+):\d+$/, '$1');
  return /\s/.test(bare) ? '' : bare.slice(0, LONGEST_HOST);
}
