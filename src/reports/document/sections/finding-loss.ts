import type { Finding } from '../../../domain/assessment/finding-schema.ts';
import type { Block } from '../document.ts';
import type { Messages } from '../messages/messages.ts';
import { percent, significant, usd } from '../numbers.ts';
import { line, paragraph, strong } from '../text.ts';

/** What a finding may cost in a year; nothing where that is not known. */
export function lossOf({ loss }: Finding, messages: Messages): Block[] {
  if (loss === null) return [];
  const { money, finding } = messages;
  return [
    paragraph([strong(finding.loss.title)]),
    {
      kind: 'facts',
      items: [
        { term: money.ale, value: line(money.plusMinus(usd(loss.ale, messages), usd(loss.standardError, messages))) },
        { term: money.var95, value: line(usd(loss.var95, messages)) },
        { term: finding.loss.attempts, value: line(significant(loss.frequencyPerYear, messages)) },
        { term: finding.loss.susceptibility, value: line(percent(loss.susceptibility, messages)) },
        {
          term: finding.loss.magnitude,
          value: line(
            `${usd(loss.magnitude.p5, messages)} – ${usd(loss.magnitude.p95, messages)}, ${loss.magnitude.distribution}`,
          ),
        },
      ],
    },
    ...(loss.assumptions.length === 0
      ? []
      : [
          {
            kind: 'list',
            isOrdered: false,
            items: loss.assumptions
              .slice(0, 12)
              .map((text) => line(messages.translate('assumption', text) ?? text, 300)),
          } as const,
        ]),
  ];
}
