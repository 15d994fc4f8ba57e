/** A piece of software as a report names it; what the report does not say is null. */
export interface Component {
  /** Package URL (purl-spec), such as `pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1`. */
  readonly purl: string | null;
  /** CPE 2.3 formatted string, or a CPE 2.2 URI as the report has it. */
  readonly cpe: string | null;
  readonly name: string | null;
  readonly installedVersion: string | null;
  /** The version, or versions, that mend it, as the report writes them. */
  readonly fixedVersion: string | null;
}

/** A machine as a scanner names it. */
export interface Host {
  readonly hostname: string | null;
  readonly ip: string | null;
}

/** Where something was seen. */
export interface SightingEvidence {
  /** The file that the user handed in. */
  readonly file: string;
  /** Where in it: a JSON pointer, `line 12`, or the name of an element. */
  readonly position: string | null;
  readonly tool: string | null;
  /** The tool's own word for how bad it is, as it writes it. */
  readonly severity: string | null;
  /** What the report is about where it names one thing: the host, image, project or application; left out where it does not. */
  readonly subject?: string;
}

/** What a VEX statement says of a vulnerability in a product (OpenVEX 0.2.0, CSAF 2.0 profile 5, CycloneDX `analysis`), in OpenVEX's words. */
export interface VexStatement {
  readonly status: 'not_affected' | 'affected' | 'fixed' | 'under_investigation';
  /** Machine-readable reason, such as `vulnerable_code_not_present`. */
  readonly justification: string | null;
  /** The author's words: impact or action statement. */
  readonly detail: string | null;
  /** Who says so, where the document tells. */
  readonly author: string | null;
  /** ISO 8601. */
  readonly at: string | null;
}

/** What a report or an advisory says of a vulnerability: used where no source of intelligence knows its id. Of a CVE id it is short. */
export interface ReportedVulnerability {
  readonly title: string | null;
  readonly description: string | null;
  /** CVSS vectors as written, of whatever version; they may be invalid. */
  readonly cvssVectors: readonly string[];
  /** Such as `CWE-79`. */
  readonly cwes: readonly string[];
  /** Who says so: tools, or ids of advisories; left out where it is not kept. */
  readonly by?: readonly string[];
}

/** An exception that another system has granted: somebody lives with the vulnerability, and ERAS did not ask who may. */
export interface GrantedException {
  /** Such as `ServiceNow`. */
  readonly system: string;
  /** What people call it by there, such as `VIT0010003`. */
  readonly number: string;
  /** Who asked for it; null where it is not told. */
  readonly requester: string | null;
  readonly reason: string | null;
  /** ISO 8601, UTC: when it was entered; null where it is not told. */
  readonly at: string | null;
  /** ISO 8601, UTC: the moment from which it does not hold; null where it names none. */
  readonly until: string | null;
}

/** A vulnerability in a component on a host, as a report has it. */
export interface Sighting {
  /** A CVE id where there is one; else the id that the report or the advisory's database gives it (GHSA, RUSTSEC, vendor). */
  readonly vulnerabilityId: string;
  /** Other ids of the same vulnerability. */
  readonly aliases: readonly string[];
  readonly component: Component | null;
  readonly host: Host | null;
  /** The application, image or repository that the report is about; null where it is about hosts, or does not say. */
  readonly application: string | null;
  /** What else the application is called, the name for people first; left out where it has no other name. */
  readonly applicationNames?: readonly string[];
  /** The sentence that named it, which may name assets, too; null where it was no sentence. */
  readonly sentence: string | null;
  /** What that sentence calls assets, in its own words; left out where only rules have read it. */
  readonly named?: readonly string[];
  readonly evidence: readonly SightingEvidence[];
  /** Evidence beyond what is kept, a hash a piece; left out where there is none. */
  readonly moreEvidence?: ReadonlySet<number>;
  readonly vex: VexStatement | null;
  readonly reported: ReportedVulnerability | null;
  /** What the database that gathers ids other than CVE's says of this one; `unread` also where it is a CVE id. */
  readonly register: 'unread' | 'unknown' | 'withdrawn';
  /** Whether it is a VEX document's word on a product, wherever that is, and not something that was found somewhere. */
  readonly isStatement: boolean;
  /** Why it cannot be decided whether the component is affected; null or missing where that is known. */
  readonly undecided?: string | null;
  /** Another system's exception for it; left out where there is none. */
  readonly exception?: GrantedException;
}

/** A sighting of which nothing is known but what is given. */
export function toSighting(given: Pick<Sighting, 'vulnerabilityId'> & Partial<Sighting>): Sighting {
  return {
    aliases: [],
    component: null,
    host: null,
    application: null,
    sentence: null,
    evidence: [],
    vex: null,
    reported: null,
    register: 'unread',
    isStatement: false,
    ...given,
  };
}
