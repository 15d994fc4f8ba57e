import { expect, it } from 'vitest';
import { toSighting, type VexStatement } from '../domain/finding/sighting.ts';
import { holdBackFuture } from './future-statements.ts';

const NOW = new Date('2026-06-15T12:00:00Z');
const said = (over: Partial<VexStatement>) =>
  toSighting({
    vulnerabilityId: 'CVE-2024-1',
    evidence: [{ file: 'vex.json', position: null, tool: null, severity: null }],
    vex: {
      status: 'not_affected',
      justification: 'component_not_present',
      detail: null,
      author: 'Maker',
      at: null,
      ...over,
    },
  });

it('holds back what clears and is dated after tomorrow', () => {
  const { sightings, warnings } = holdBackFuture([said({ at: '2027-01-01T00:00:00Z' })], NOW);
  expect(sightings[0]?.vex).toEqual({
    status: 'under_investigation',
    justification: null,
    detail: 'not_affected is said of it from 2027-01-01 on',
    author: 'Maker',
    at: null,
  });
  expect(warnings).toEqual([
    '1 VEX statement is dated in the future and not counted yet, such as CVE-2024-1 not_affected of 2027-01-01 (vex.json)',
  ]);
});

it.each([
  ['is of today somewhere', said({ at: '2026-06-16T11:00:00Z' })],
  ['has no date', said({})],
  ['has a date that is none', said({ at: 'soon' })],
  ['leaves something to do', said({ status: 'affected', at: '2027-01-01T00:00:00Z' })],
  ['is none', toSighting({ vulnerabilityId: 'CVE-2024-1' })],
])('leaves alone what %s', (_what, sighting) => {
  expect(holdBackFuture([sighting], NOW)).toEqual({ sightings: [sighting], warnings: [] });
});
