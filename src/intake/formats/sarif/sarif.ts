import type { VexStatement } from '../../../domain/finding/sighting.ts';
import { toFinding, toReported, toSuppressedStatement } from '../../reports/make-items.ts';
import type { JsonFormat, ReportItem } from '../../reports/report-format.ts';
import { at, firstText, joinTexts, listAt, textAt, textsOf, wholeTextOf } from '../../reports/values.ts';
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
        if (NO_PROBLEM.test(textAt(result, 'kind') ?? '')) continue;
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

/** Kinds of results that tell of no problem (section 3.27.9); `fail` is meant where none is given, `open` and `review` are still to be judged. */
const NO_PROBLEM = /^(?:pass|notApplicable|informational)$/i;

/** The rules of a run. */
interface Rules {
  /** Those of its extensions, too. */
  readonly byId: ReadonlyMap<string, unknown>;
  /** The lists of the driver and of each extension, in their order. */
  readonly driver: readonly unknown[];
  readonly extensions: readonly (readonly unknown[])[];
}

function indexRules(run: unknown): Rules {
  const components = [at(run, 'tool', 'driver'), ...listAt(run, 'tool', 'extensions')];
  const rules = components.flatMap((component) => listAt(component, 'rules'));
  return {
    byId: new Map(rules.flatMap((rule) => (textAt(rule, 'id') === null ? [] : [[textAt(rule, 'id') ?? '', rule]]))),
    driver: listAt(run, 'tool', 'driver', 'rules'),
    extensions: listAt(run, 'tool', 'extensions').map((extension) => listAt(extension, 'rules')),
  };
}

/** The rule of a result, by its id, else by its place in the rules of the driver or of an extension (sections 3.27.5 to 3.27.7, 3.52). */
function ruleOf(
  result: unknown,
  { byId, driver, extensions }: Rules,
): { readonly rule: unknown; readonly ruleId: string } {
  const given = firstText(at(result, 'ruleId'), at(result, 'rule', 'id'));
  const known = given === null ? undefined : byId.get(given);
  if (known !== undefined) return { rule: known, ruleId: given ?? '' };
  const index = at(result, 'rule', 'index') ?? at(result, 'ruleIndex');
  const component = at(result, 'rule', 'toolComponent', 'index');
  const list = typeof component === 'number' && component >= 0 ? (extensions[component] ?? []) : driver;
  const rule = typeof index === 'number' && index >= 0 ? list[index] : undefined;
  return { rule, ruleId: given ?? textAt(rule, 'id') ?? '' };
}

/** A result that is absent was there in the baseline and is gone (section 3.27.24); one is suppressed where no suppression is under review or rejected (3.27.23, 3.35.3). */
function statementOf(result: unknown, tool: string | null): VexStatement | null {
  const author = tool ?? 'SARIF';
  if (textAt(result, 'baselineState') === 'absent') {
    return {
      status: 'fixed',
      justification: null,
      detail: 'The result\'s baselineState is "absent".',
      author,
      at: null,
    };
  }
  const suppressions = listAt(result, 'suppressions');
  const isHeld = suppressions.every((one) => /^accepted$/i.test(textAt(one, 'status') ?? 'accepted'));
  if (suppressions.length === 0 || !isHeld) return null;
  const why = joinTexts(suppressions.map((one) => at(one, 'justification')));
  return toSuppressedStatement(`The result is suppressed${why === null ? '.' : `: ${why}`}`, author);
}

function readResult(result: unknown, rules: Rules, tool: string | null, position: string): ReportItem {
  const { rule, ruleId } = ruleOf(result, rules);
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
      vex: statementOf(result, tool),
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
