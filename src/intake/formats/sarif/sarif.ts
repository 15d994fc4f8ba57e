import { toFinding, toReported } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, firstText, listAt, textAt, textsOf, wholeTextOf } from '../../reports/values.ts';
import { findVulnerabilityIds } from '../../reports/vulnerability-ids.ts';

/** SARIF 2.1.0 (OASIS, section 3): results of any scanner; the ids are in the rule, its tags, or the message. */
export const SARIF: JsonFormat = {
  kind: 'json',
  name: 'SARIF',
  large: 'runs.*.results',
  matches: (document) => Array.isArray(at(document, 'runs')) && /^2\./.test(textAt(document, 'version') ?? ''),
  *read(document, { offset }) {
    for (const [index, run] of listAt(document, 'runs').entries()) {
      const rules = indexRules(run);
      for (const [place, result] of listAt(run, 'results').entries()) {
        yield readResult(
          result,
          rules,
          textAt(run, 'tool', 'driver', 'name'),
          `/runs/${index}/results/${offset + place}`,
        );
      }
    }
  },
};

/** The rules of a run by id, with those of its extensions. */
function indexRules(run: unknown): ReadonlyMap<string, unknown> {
  const components = [at(run, 'tool', 'driver'), ...listAt(run, 'tool', 'extensions')];
  const rules = components.flatMap((component) => listAt(component, 'rules'));
  return new Map(rules.flatMap((rule) => (textAt(rule, 'id') === null ? [] : [[textAt(rule, 'id') ?? '', rule]])));
}

function readResult(
  result: unknown,
  rules: ReadonlyMap<string, unknown>,
  tool: string | null,
  position: string,
): ReportItem {
  const ruleId = firstText(at(result, 'ruleId'), at(result, 'rule', 'id')) ?? '';
  const rule = rules.get(ruleId);
  const own = idsOfOwnRule(rule, ruleId, tool);
  const texts = [
    ruleId,
    ...textsOf(at(rule, 'properties', 'tags')),
    textAt(rule, 'name'),
    textAt(rule, 'shortDescription', 'text'),
    wholeTextOf(at(result, 'message', 'text')),
  ].filter((text) => text !== null);
  return toFinding(
    {
      ids: own ?? findVulnerabilityIds(texts.join('\n')),
      position,
      tool,
      severity: firstText(
        at(rule, 'properties', 'security-severity'),
        at(result, 'level'),
        at(rule, 'defaultConfiguration', 'level'),
      ),
      reported: toReported({
        title: firstText(at(rule, 'shortDescription', 'text'), at(rule, 'name')),
        description: firstText(at(rule, 'fullDescription', 'text'), at(result, 'message', 'text')),
      }),
    },
    ruleId,
  );
}

/** ERAS' own rules are vulnerabilities, and list their other ids: those that their texts speak of are not meant. Null for other tools. */
function idsOfOwnRule(rule: unknown, ruleId: string, tool: string | null): string[] | null {
  return tool === 'ERAS' && ruleId !== '' ? [ruleId, ...textsOf(at(rule, 'properties', 'aliases'))] : null;
}
