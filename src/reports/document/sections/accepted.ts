import { isLivedWith } from '../../../domain/ticket/sighting.ts';
import type { Block } from '../document.ts';
import { dayOf } from '../numbers.ts';
import { placeOf } from '../place-of.ts';
import type { ReportContext } from '../report-context.ts';
import { cell, idRun, line, paragraph } from '../text.ts';

/** Risks that people have accepted, with who, why and until when; those that end first stand first. */
export function acceptedSection({ survey, messages }: ReportContext): Block[] {
  const { accepted } = messages;
  if (survey.accepted.length === 0) return [paragraph(accepted.none)];
  const rows = survey.accepted.flatMap((finding) => {
    const { acceptance, vulnerabilityId } = finding;
    if (acceptance === null) return [];
    const place = placeOf(finding, messages);
    return [
      [
        cell([idRun(vulnerabilityId), { text: place === '' ? '' : ` ${place}` }]),
        cell(line(acceptance.owner, 80)),
        cell(line(acceptance.approver, 80)),
        cell(line(acceptance.reason, 300)),
        cell(dayOf(acceptance.expiresAt), acceptance.expiresAt),
        cell(
          acceptance.state === 'active' && !isLivedWith(finding)
            ? accepted.overruled
            : accepted.states[acceptance.state],
        ),
      ],
    ];
  });
  const byExpiry = rows.sort((one, other) => (String(one[4]?.sort) < String(other[4]?.sort) ? -1 : 1));
  const left = survey.acceptedTotal - rows.length;
  return [
    {
      kind: 'table',
      caption: accepted.caption,
      columns: [
        { title: accepted.risk, weight: 4 },
        { title: accepted.owner, weight: 2 },
        { title: accepted.approver, weight: 2 },
        { title: accepted.reason, weight: 4 },
        { title: accepted.expires, weight: 2 },
        { title: accepted.state, weight: 2 },
      ],
      rows: byExpiry,
      isRowHeaded: true,
      note: left > 0 ? accepted.left(left) : null,
    },
  ];
}
