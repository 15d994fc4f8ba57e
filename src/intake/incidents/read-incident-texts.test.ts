import { expect, it } from 'vitest';
import { readIncidentTexts } from './read-incident-texts.ts';

const PLACE = { file: 'servicenow:incident', tool: 'ServiceNow' };

it('finds the ids that incidents name, on their assets', () => {
  const { sightings, gaps } = readIncidentTexts(
    [
      { number: 'INC1', text: 'cve-2024-1000 and\nGHSA-jfh8-c2jp-5v3q, CVE-2024-1000 again', assetId: 'a' },
      { number: 'INC2', text: 'the printer is on fire', assetId: 'b' },
      { number: 'INC3', text: 'CVE-24-1', assetId: null },
    ],
    PLACE,
  );
  expect(sightings.map(({ vulnerabilityId, application }) => [vulnerabilityId, application])).toEqual([
    ['CVE-2024-1000', 'a'],
    ['GHSA-jfh8-c2jp-5v3q', 'a'],
  ]);
  expect(sightings[0]?.evidence).toEqual([{ ...PLACE, position: 'INC1', severity: null }]);
  expect(gaps).toEqual([{ cveId: null, source: 'servicenow', reason: 'INC3: "CVE-24-1" is no vulnerability id' }]);
});

it('counts what would fill a report', () => {
  const incidents = Array.from({ length: 50 }, (_, index) => ({
    number: `INC${index}`,
    text: 'CVE-24-1',
    assetId: null,
  }));
  const { gaps } = readIncidentTexts(incidents, PLACE);
  expect([gaps.length, gaps.at(-1)?.reason]).toEqual([21, '30 more entries are no vulnerability ids']);
});
