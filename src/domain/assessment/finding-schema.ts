import { z } from 'zod';
import { CONTROLS, type Control, DATA_SENSITIVITY } from '../asset/control.ts';
import { BOD_TIMELINE, COORDINATOR_DECISION, DEPLOYER_DECISION } from '../ssvc/decision-points.ts';
import { Loss } from './loss-schema.ts';

/** The `findings` part of the outside contract, section 3. Absent is `null`, never 0 and never left out. */

const Time = z.string().describe('ISO 8601, UTC');

const CvssSeverity = z.enum(['NONE', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']);

/** Metric chosen for a finding; what the source states, recomputed and compared when it was read. */
const Cvss = z.object({
  version: z.enum(['2.0', '3.0', '3.1', '4.0']),
  vector: z.string(),
  baseScore: z.number().min(0).max(10),
  severity: CvssSeverity,
  source: z.string(),
  /** With the security requirements of the asset; null where it states none. */
  environmental: z.object({ vector: z.string(), score: z.number().min(0).max(10), severity: CvssSeverity }).nullable(),
});

const Epss = z.object({
  probability: z.number().min(0).max(1),
  percentile: z.number().min(0).max(1).nullable(),
  date: z.string().nullable(),
});

const Kev = z.object({
  dateAdded: z.string().nullable(),
  dueDate: z.string().nullable(),
  knownRansomwareCampaignUse: z.enum(['Known', 'Unknown']),
});

const Attack = z.object({
  techniqueId: z.string(),
  name: z.string().nullable(),
  tactics: z.array(z.string()),
  role: z.enum(['exploitation', 'primary_impact', 'secondary_impact', 'uncategorized']),
  source: z.enum(['mapping', 'capec', 'model', 'rule']),
  confidence: z.number().min(0).max(1),
  because: z.array(z.string()),
  groups: z
    .object({ names: z.array(z.string()).describe('the first by name'), count: z.int().nonnegative() })
    .optional()
    .describe(
      'groups that ATT&CK has seen using the technique, whatever the vulnerability; absent where it names none',
    ),
});

const Ssvc = z.object({
  exploitation: z.enum(['active', 'public_poc', 'none', 'unknown']),
  automatable: z.enum(['yes', 'no', 'unknown']),
  technicalImpact: z.enum(['partial', 'total', 'unknown']),
  exposure: z.enum(['open', 'controlled', 'small', 'unknown']),
  humanImpact: z.enum(['low', 'medium', 'high', 'very_high', 'unknown']),
  missionImpact: z.enum(['low', 'medium', 'high', 'unknown']),
  source: z.object({
    exploitation: z.enum(['kev', 'cisa', 'nvd_reference', 'vector']).nullable(),
    automatable: z.enum(['cisa', 'derived']).nullable(),
    technicalImpact: z.enum(['cisa', 'derived']).nullable(),
  }),
  deployer: z.enum(DEPLOYER_DECISION),
  coordinator: z.enum(COORDINATOR_DECISION),
});

const Bod2604 = z.object({
  timeline: z.enum(BOD_TIMELINE),
  row: z.number().int().min(0).max(15),
  startDate: z.string(),
  dueDate: z.string().nullable(),
});

const Asset = z.object({
  id: z.string(),
  name: z.string().nullable(),
  criticality: z.number().int().min(1).max(5).nullable(),
  exposure: z.enum(['open', 'controlled', 'small', 'unknown']),
  environment: z.string().nullable(),
  owner: z.string().nullable(),
  dataSensitivity: z.enum(DATA_SENSITIVITY).nullable(),
  controls: z.array(z.enum(Object.keys(CONTROLS) as [Control, ...Control[]])),
  source: z.string(),
});

const Component = z.object({
  purl: z.string().nullable(),
  cpe: z.string().nullable(),
  name: z.string().nullable(),
  installedVersion: z.string().nullable(),
  fixedVersion: z.string().nullable(),
});

/** What a VEX document says of it, in OpenVEX's words. */
const Vex = z.object({
  status: z.enum(['not_affected', 'affected', 'fixed', 'under_investigation']),
  justification: z.string().nullable(),
  detail: z.string().nullable(),
  author: z.string().nullable(),
  at: Time.nullable(),
});

/** A decision of people to live with it: in force until it expires or is withdrawn; then it is to be reviewed. */
const Acceptance = z.object({
  owner: z.string(),
  reason: z.string(),
  approver: z.string().describe('somebody else than the owner'),
  acceptedAt: Time.nullable().describe('null where the system that granted it does not say'),
  expiresAt: Time,
  state: z.enum(['active', 'expired', 'to_review']),
});

/** Something that a conclusion rests on, and what it did to it. */
const Factor = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number()]).nullable(),
  effect: z.string(),
  source: z.string(),
  asOf: z.string().nullable(),
});

/** An input that is not known: what it affects, and the outcome at its worst and at its best. */
const Unknown = z.object({ name: z.string(), affects: z.string(), ifWorse: z.string(), ifBetter: z.string() });

/** What a source was to this finding: read and knows it, read and does not, or could not be read; and the facts' origin and date. */
const SourceState = z.object({
  state: z.enum(['found', 'absent', 'unavailable']),
  origin: z.enum(['live', 'cache', 'mirror', 'snapshot']).nullable(),
  at: Time.nullable(),
});

/** `level` and its parts are null only where there is no vulnerability to judge (`rejected`, `not_found`). */
const Risk = z.object({
  likelihood: z.number().int().min(1).max(5).nullable(),
  impact: z.number().int().min(1).max(5).nullable(),
  score: z.number().int().min(1).max(25).nullable(),
  level: z.enum(['Critical', 'High', 'Medium', 'Low']).nullable(),
  priority: z.number().min(0).max(100),
  factors: z.array(Factor),
  unknowns: z.array(Unknown),
});

/** A claim and the evidence it cites: `E1` is the finding's first piece of evidence. */
export const Citation = z.object({
  claim: z.string(),
  evidence: z.string(),
  source: z.string(),
  text: z.string(),
});
export type Citation = z.infer<typeof Citation>;

const Narrative = z.object({
  summary: z.string(),
  threat: z.string(),
  remediation: z.string(),
  businessImpact: z.string(),
  source: z.enum(['llm', 'rules']),
  model: z.string().nullable(),
  citations: z.array(Citation),
  notes: z.array(z.string()).describe('how it was written, where that is not as usual'),
});

/** One vulnerability (on one asset, in one component) with all that is known, decided and written about it. */
export const Finding = z.object({
  id: z.string(),
  vulnerabilityId: z.string(),
  cveId: z.string().nullable(),
  aliases: z.array(z.string()).describe('other ids of the same vulnerability'),
  status: z.enum(['assessed', 'incomplete', 'not_found', 'rejected']),
  title: z.string(),
  description: z.string().nullable(),
  published: Time.nullable(),
  lastModified: Time.nullable(),
  cwes: z.array(z.string()),
  affected: z.array(z.object({ vendor: z.string(), product: z.string(), versions: z.string().nullable() })),
  cvss: Cvss.nullable(),
  epss: Epss.nullable(),
  kev: Kev.nullable(),
  kevStatus: z.enum(['listed', 'not_listed', 'unknown']),
  attack: z.array(Attack),
  ssvc: Ssvc.nullable(),
  bod2604: Bod2604.nullable(),
  asset: Asset.nullable(),
  component: Component.nullable(),
  evidence: z.array(
    z.object({
      file: z.string(),
      position: z.string().nullable(),
      tool: z.string().nullable(),
      severity: z.string().nullable(),
      /** What the report is about where it names one thing: the host, image, project or application; left out where it does not. */
      subject: z.string().exactOptional(),
    }),
  ),
  evidenceTotal: z
    .int()
    .nonnegative()
    .exactOptional()
    .describe('pieces of evidence in all, where `evidence` lists only some of them; else left out'),
  /** What the company's own documents say of it. */
  context: z.array(
    z.object({
      document: z.string(),
      title: z.string(),
      page: z.number().int().nullable(),
      section: z.string().nullable(),
      text: z.string(),
    }),
  ),
  vex: Vex.nullable(),
  acceptance: Acceptance.nullable(),
  risk: Risk,
  sources: z.object({ nvd: SourceState, kev: SourceState, epss: SourceState, ssvc: SourceState, attack: SourceState }),
  loss: Loss.nullable(),
  narrative: Narrative,
});
export type Finding = z.infer<typeof Finding>;
export type FindingStatus = Finding['status'];
export type RiskLevel = NonNullable<Finding['risk']['level']>;
export type RiskFactor = z.infer<typeof Factor>;
export type RiskUnknown = z.infer<typeof Unknown>;

/** Levels from the worst down. */
export const RISK_LEVELS = ['Critical', 'High', 'Medium', 'Low'] as const satisfies readonly RiskLevel[];
