import type { Portfolio } from '../../../domain/assessment/loss-schema.ts';
import { plainText } from '../../words.ts';
import type { Block, TableBlock } from '../document.ts';
import type { Messages } from '../messages/messages.ts';
import { decimal, percent, usd } from '../numbers.ts';
import type { ReportContext } from '../report-context.ts';
import { cell, line, paragraph, strong } from '../text.ts';

/** Rows of each table: the first fixes and assets make nearly all of the sum. */
const MOST_ROWS = 15;

/** What all of it may cost in a year: expectation, tail, curve, and which fixes take most of it away. */
export function moneySection({ head, messages }: ReportContext): Block[] {
  const { portfolio } = head;
  const { money } = messages;
  if (portfolio === null) return [paragraph(money.none)];
  return [
    {
      kind: 'facts',
      items: [
        {
          term: money.ale,
          value: line(money.plusMinus(usd(portfolio.ale, messages), usd(portfolio.standardError, messages))),
        },
        { term: money.var95, value: line(usd(portfolio.var95, messages)) },
        { term: money.es95, value: line(usd(portfolio.es95, messages)) },
        { term: money.median, value: line(usd(portfolio.p50, messages)) },
        { term: money.p90, value: line(usd(portfolio.p90, messages)) },
        { term: money.covers, value: line(messages.findings(portfolio.findings)) },
      ],
    },
    ...curveOf(portfolio, messages),
    ...fixBlocks(portfolio, messages),
    ...(portfolio.assets.length === 0 ? [] : [assetsOf(portfolio, messages)]),
    paragraph(money.simulation(portfolio.iterations.toLocaleString(messages.locale), String(portfolio.seed)), 'note'),
  ];
}

function curveOf(portfolio: Portfolio, messages: Messages): Block[] {
  const { money } = messages;
  if (portfolio.lossExceedance.length < 2) return [];
  const { p50, p90, p95 } = portfolio;
  return [
    {
      kind: 'figure',
      chart: {
        name: 'loss-exceedance',
        words: {
          title: money.curve,
          x: money.curveX,
          y: money.curveY,
          legend: '',
          levels: messages.levels,
          more: { ale: money.aleMark, var95: money.varMark },
        },
        points: portfolio.lossExceedance,
        ale: portfolio.ale,
        var95: portfolio.var95,
      },
      alt: money.curveAlt(usd(p50, messages), usd(p90, messages), usd(p95, messages)),
      table: {
        kind: 'table',
        caption: money.curve,
        columns: [
          { title: money.loss, weight: 1, align: 'end' },
          { title: money.probability, weight: 1, align: 'end' },
        ],
        rows: sample(portfolio.lossExceedance, MOST_ROWS).map(({ loss, probability }) => [
          cell(usd(loss, messages), loss),
          cell(percent(probability, messages), probability),
        ]),
        isRowHeaded: true,
        note: null,
      },
    },
  ];
}

/** Every n-th of the items and the last. */
function sample<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, index) => index % step === 0 || index === items.length - 1);
}

/** A share of the loss that is worth naming in a sentence: most of it. */
const MOST_OF_IT = 0.8;

/** Which fixes take most away: how few make most of it, why the order is what it is, the table. */
function fixBlocks(portfolio: Portfolio, messages: Messages): Block[] {
  const shown = portfolio.fixes.slice(0, MOST_ROWS);
  const first = shown.findIndex(({ cumulativeShare }) => cumulativeShare >= MOST_OF_IT);
  const count = first < 0 ? shown.length : first + 1;
  const named = shown[count - 1];
  if (named === undefined) return [];
  const { fixesLead, fixesOrder } = messages.money;
  return [
    paragraph([strong(fixesLead(count, percent(named.cumulativeShare, messages)))]),
    fixesOf(portfolio, messages),
    ...(shown.length === 1 ? [] : [paragraph(fixesOrder, 'note')]),
  ];
}

function fixesOf(portfolio: Portfolio, messages: Messages): TableBlock {
  const { money } = messages;
  const shown = portfolio.fixes.slice(0, MOST_ROWS);
  const hasCosts = shown.some(({ cost }) => cost !== null);
  return {
    kind: 'table',
    caption: money.fixes,
    columns: [
      { title: money.fix, weight: 5 },
      { title: money.findings, weight: 1, align: 'end' },
      { title: money.removed, weight: 2, align: 'end' },
      { title: money.share, weight: 2, align: 'end' },
      ...(hasCosts
        ? ([
            { title: money.cost, weight: 2, align: 'end' },
            { title: money.returns, weight: 2, align: 'end' },
          ] as const)
        : []),
    ],
    rows: shown.map(({ fix, findings, aleRemoved, cumulativeShare, cost, returnOnInvestment }, index) => [
      cell(`${index + 1}. ${plainText(messages.translate('fix', fix) ?? fix, 160)}`, index),
      cell(findings.toLocaleString(messages.locale), findings),
      cell(usd(aleRemoved, messages), aleRemoved),
      cell(percent(cumulativeShare, messages), cumulativeShare),
      ...(hasCosts
        ? [
            cell(cost === null ? '–' : usd(cost, messages), cost ?? -1),
            cell(
              returnOnInvestment === null ? '–' : `${decimal(returnOnInvestment * 100, messages, 0)} %`,
              returnOnInvestment ?? -99,
            ),
          ]
        : []),
    ]),
    isRowHeaded: true,
    note: portfolio.fixCount > shown.length ? messages.more(portfolio.fixCount - shown.length) : null,
  };
}

function assetsOf(portfolio: Portfolio, messages: Messages): TableBlock {
  const { money } = messages;
  const shown = portfolio.assets.slice(0, MOST_ROWS);
  return {
    kind: 'table',
    caption: money.assets,
    columns: [
      { title: money.asset, weight: 4 },
      { title: money.findings, weight: 1, align: 'end' },
      { title: money.ale, weight: 2, align: 'end' },
      { title: money.var95, weight: 2, align: 'end' },
    ],
    rows: shown.map(({ id, name, findings, ale, var95 }) => [
      cell(plainText(name ?? id, 120)),
      cell(findings.toLocaleString(messages.locale), findings),
      cell(usd(ale, messages), ale),
      cell(usd(var95, messages), var95),
    ]),
    isRowHeaded: true,
    note: portfolio.assetCount > shown.length ? messages.more(portfolio.assetCount - shown.length) : null,
  };
}
