import type { Finding } from '../../domain/assessment/finding-schema.ts';
import { cleanLine } from './safe-text.ts';
import { citedIn } from './signed-text.ts';
import { acceptanceWords } from './vex-statement.ts';

type Value = string | number | null | undefined;

interface Column {
  readonly name: string;
  /** `gaps`: what could not be read of the vulnerability, in words. */
  readonly value: (finding: Finding, gaps: string | null) => Value;
}

/** A cell of text: one line, bounded well below what spreadsheets take (32,767 characters). */
const text = (value: string | null | undefined, limit = 4000): Value =>
  value == null ? null : cleanLine(value, limit);
/** Several values in a cell; the document has them all. */
const list = (values: readonly string[], most = 50): Value => text(values.slice(0, most).join('; '));
const column = (name: string, value: Column['value']): Column => ({ name, value });

/** The columns, in their order: what it is, what to do, why, where. Names and order are a contract with whoever reads them by machine. */
export const CSV_COLUMNS: readonly Column[] = [
  column('id', ({ id }) => text(id)),
  column('vulnerability', ({ vulnerabilityId }) => text(vulnerabilityId)),
  column('aliases', ({ aliases }) => list(aliases)),
  column('status', ({ status }) => status),
  column('level', ({ risk }) => risk.level),
  column('score', ({ risk }) => risk.score),
  column('likelihood', ({ risk }) => risk.likelihood),
  column('impact', ({ risk }) => risk.impact),
  column('priority', ({ risk }) => risk.priority),
  column('title', ({ title }) => text(title)),
  column('published', ({ published }) => text(published)),
  column('cvss_version', ({ cvss }) => cvss?.version),
  column('cvss_score', ({ cvss }) => cvss?.baseScore),
  column('cvss_severity', ({ cvss }) => cvss?.severity),
  column('cvss_vector', ({ cvss }) => text(cvss?.vector)),
  column('cvss_environmental_score', ({ cvss }) => cvss?.environmental?.score),
  column('cvss_environmental_vector', ({ cvss }) => text(cvss?.environmental?.vector)),
  column('epss_probability', ({ epss }) => epss?.probability),
  column('epss_percentile', ({ epss }) => epss?.percentile),
  column('epss_date', ({ epss }) => text(epss?.date)),
  column('kev', ({ kevStatus }) => (kevStatus === 'unknown' ? null : kevStatus)),
  column('kev_date_added', ({ kev }) => text(kev?.dateAdded)),
  column('kev_due_date', ({ kev }) => text(kev?.dueDate)),
  column('kev_ransomware', ({ kev }) => kev?.knownRansomwareCampaignUse),
  column('ssvc_exploitation', ({ ssvc }) => known(ssvc?.exploitation)),
  column('ssvc_automatable', ({ ssvc }) => known(ssvc?.automatable)),
  column('ssvc_technical_impact', ({ ssvc }) => known(ssvc?.technicalImpact)),
  column('ssvc_deployer', ({ ssvc }) => ssvc?.deployer),
  column('ssvc_coordinator', ({ ssvc }) => ssvc?.coordinator),
  column('bod_timeline', ({ bod2604 }) => bod2604?.timeline),
  column('bod_start_date', ({ bod2604 }) => text(bod2604?.startDate)),
  column('bod_due_date', ({ bod2604 }) => text(bod2604?.dueDate)),
  column('asset_id', ({ asset }) => text(asset?.id)),
  column('asset_name', ({ asset }) => text(asset?.name)),
  column('asset_criticality', ({ asset }) => asset?.criticality),
  column('asset_exposure', ({ asset }) => known(asset?.exposure)),
  column('asset_environment', ({ asset }) => text(asset?.environment)),
  column('asset_owner', ({ asset }) => text(asset?.owner)),
  column('asset_data_sensitivity', ({ asset }) => asset?.dataSensitivity),
  column('asset_controls', ({ asset }) => (asset === null ? null : list(asset.controls))),
  column('component_name', ({ component }) => text(component?.name)),
  column('component_purl', ({ component }) => text(component?.purl)),
  column('component_cpe', ({ component }) => text(component?.cpe)),
  column('installed_version', ({ component }) => text(component?.installedVersion)),
  column('fixed_version', ({ component }) => text(component?.fixedVersion)),
  column('vex_status', ({ vex }) => vex?.status),
  column('vex_justification', ({ vex }) => text(vex?.justification)),
  column('vex_detail', ({ vex }) => text(vex?.detail)),
  column('acceptance', ({ acceptance }) => (acceptance === null ? null : text(acceptanceWords(acceptance)))),
  column('attack_techniques', ({ attack }) => list(attack.map(({ techniqueId }) => techniqueId))),
  column('cwes', ({ cwes }) => list(cwes)),
  column('loss_ale_usd', ({ loss }) => loss?.ale),
  column('loss_p95_usd', ({ loss }) => loss?.p95),
  column('loss_var95_usd', ({ loss }) => loss?.var95),
  column('unknowns', ({ risk }) => list([...new Set(risk.unknowns.map(({ name }) => name))])),
  column('gaps', (_, gaps) => text(gaps)),
  column('summary', ({ narrative }) => text(narrative.summary)),
  column('remediation', ({ narrative }) => text(narrative.remediation)),
  column('evidence', ({ evidence, evidenceTotal }) =>
    list(
      [
        ...evidence.map(({ file, position }) => (position === null ? file : `${file} (${position})`)),
        ...(evidenceTotal === undefined ? [] : [`and ${evidenceTotal - evidence.length} more`]),
      ],
      51,
    ),
  ),
  column('narrative_source', ({ narrative }) => narrative.source),
  column('narrative_model', ({ narrative }) => text(narrative.model)),
  column('summary_evidence', ({ narrative }) => list(citedIn(narrative.summary, narrative))),
  column('remediation_evidence', ({ narrative }) => list(citedIn(narrative.remediation, narrative))),
];

/** The word "unknown" is an empty cell, as everything that is not known. */
function known<Word extends string>(word: Word | undefined): Value {
  return word === 'unknown' ? null : word;
}
