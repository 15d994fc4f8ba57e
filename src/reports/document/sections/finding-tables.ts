import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import { describePlace } from '../../../domain/knowledge/describe-place.ts';
import type { TableBlock } from '../document.ts';
import type { Messages } from '../messages/messages.ts';
import { formatNumber } from '../number-format.ts';
import { dayOf, decimal } from '../numbers.ts';
import { cell, line } from '../text.ts';
import { factorValue, nameOf, outcomeOf } from './name-of.ts';
import { tacticName, tacticOrder } from './tactics.ts';

/** Places and passages of one finding that are shown. */
const MOST_ROWS = 10;

/** What the level rests on, each factor with its source and date. */
export function factorTable(factors: Finding['risk']['factors'], messages: Messages): TableBlock {
  const words = messages.finding.factors;
  return {
    kind: 'table',
    caption: words.caption,
    columns: columns([words.factor, 2], [words.value, 3], [words.effect, 5], [words.source, 3]),
    rows: factors.map(({ name, value, effect, source, asOf }) => [
      cell(nameOf(name, messages)),
      cell(
        value === null
          ? messages.unknown
          : line(typeof value === 'number' ? decimal(value, messages, 5) : factorValue(name, value, messages), 120),
      ),
      cell(line(messages.translate('effect', effect) ?? effect, 300)),
      cell(line(`${messages.translate('source', source) ?? source}${asOf === null ? '' : `, ${dayOf(asOf)}`}`, 120)),
    ]),
    isRowHeaded: true,
    note: null,
  };
}

/** What is not known, and the outcome at its worst and at its best. */
export function unknownTable(unknowns: Finding['risk']['unknowns'], messages: Messages): TableBlock {
  const words = messages.finding.unknowns;
  return {
    kind: 'table',
    caption: words.caption,
    columns: columns([words.name, 3], [words.affects, 3], [words.worse, 3], [words.better, 3]),
    rows: unknowns.map(({ name, affects, ifWorse, ifBetter }) => [
      cell(nameOf(name, messages)),
      cell(nameOf(affects, messages)),
      cell(outcomeOf(ifWorse, messages)),
      cell(outcomeOf(ifBetter, messages)),
    ]),
    isRowHeaded: true,
    note: null,
  };
}

/** Techniques in the order of the kill chain, each once in its first tactic. */
export function techniqueTable(attack: Finding['attack'], messages: Messages): TableBlock {
  const words = messages.finding.techniques;
  const { roles, mappingSources } = messages.finding;
  const first = (tactics: readonly string[]) => Math.min(...tactics.map(tacticOrder), 99);
  const ordered = [...attack].sort(
    (one, other) => first(one.tactics) - first(other.tactics) || other.confidence - one.confidence,
  );
  return {
    kind: 'table',
    caption: words.caption,
    columns: columns(
      [words.tactic, 4],
      [words.technique, 4],
      [words.role, 2],
      [words.source, 2],
      [words.confidence, 2],
    ),
    rows: ordered.map(({ tactics, techniqueId, name, role, source, confidence }) => [
      cell(line(tactics.map(tacticName).join(', '), 200), first(tactics)),
      cell(line(`${techniqueId} ${name ?? ''}`, 120)),
      cell(roles[role]),
      cell(mappingSources[source]),
      cell(
        formatNumber(confidence, messages.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
        confidence,
      ),
    ]),
    isRowHeaded: false,
    note: null,
  };
}

/** The files and tools that found it. */
export function placeTable({ evidence, evidenceTotal }: Finding, messages: Messages): TableBlock {
  const more = (evidenceTotal ?? evidence.length) - Math.min(evidence.length, MOST_ROWS);
  const words = messages.finding.places;
  return {
    kind: 'table',
    caption: words.caption,
    columns: columns([words.file, 4], [words.position, 4], [words.tool, 2], [words.severity, 2]),
    rows: evidence
      .slice(0, MOST_ROWS)
      .map(({ file, position, tool, severity }) => [
        cell(line(file, 200)),
        cell(line(position ?? '–', 200)),
        cell(line(tool ?? '–', 80)),
        cell(line(severity ?? '–', 40)),
      ]),
    isRowHeaded: true,
    note: more > 0 ? messages.more(more) : null,
  };
}

/** What the reader's own documents say. */
export function contextTable(context: Finding['context'], messages: Messages): TableBlock {
  const words = messages.finding.context;
  return {
    kind: 'table',
    caption: words.caption,
    columns: columns([words.place, 3], [words.text, 8]),
    rows: context
      .slice(0, MOST_ROWS)
      .map(({ text, ...place }) => [cell(line(describePlace(place), 200)), cell(line(text, 500))]),
    isRowHeaded: true,
    note: context.length > MOST_ROWS ? messages.more(context.length - MOST_ROWS) : null,
  };
}

function columns(...titles: readonly (readonly [string, number])[]): TableBlock['columns'] {
  return titles.map(([title, weight]) => ({ title, weight }));
}
