import { describe, expect, it } from 'vitest';
import { renderCsaf } from '../../src/reports/exports/csaf/render-csaf.ts';
import { renderCycloneDx } from '../../src/reports/exports/cyclonedx/render-cyclonedx.ts';
import { renderOpenVex } from '../../src/reports/exports/render-openvex.ts';
import { renderSarif } from '../../src/reports/exports/sarif/render-sarif.ts';
import { HOSTILE, HOSTILE_HEAD } from '../support/hostile-findings.ts';
import { EVERY_KIND, REPORT_SETTINGS, renderText, reportOf } from '../support/report-findings.ts';
import { faultsOfCsaf, faultsOfCycloneDx, faultsOfOpenVex, faultsOfSarif } from '../support/validate-formats.ts';

const FORMATS = {
  sarif: { render: renderSarif, faults: async (text: string) => faultsOfSarif(JSON.parse(text)) },
  openvex: { render: renderOpenVex, faults: async (text: string) => faultsOfOpenVex(JSON.parse(text)) },
  csaf: { render: renderCsaf, faults: async (text: string) => faultsOfCsaf(JSON.parse(text)) },
  cyclonedx: { render: renderCycloneDx, faults: faultsOfCycloneDx },
};

describe.each(Object.entries(FORMATS))('%s', (name, { render, faults }) => {
  it('is valid with a finding of each kind and every gap', async () => {
    expect(await faults(await renderText(render, reportOf(EVERY_KIND)))).toEqual([]);
  });

  it.each(EVERY_KIND.map((finding) => [finding.id, finding] as const))('is valid with %s alone', async (_, finding) => {
    expect(await faults(await renderText(render, reportOf([finding])))).toEqual([]);
  });

  it('is valid without findings and without a publisher', async () => {
    const settings = { ...REPORT_SETTINGS, publisher: null };
    expect(await faults(await renderText(render, reportOf([]), settings))).toEqual([]);
  });

  it('is valid with hostile texts everywhere, which do nothing', async () => {
    const text = await renderText(render, reportOf(HOSTILE, HOSTILE_HEAD));
    expect(await faults(text)).toEqual([]);
    expect(/[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u.exec(text)).toBeNull();
    expect(/\\u(?:d[89a-f]|00[01]|202e)/i.exec(text)).toBeNull();
    expect(/.{20}(?:<script|<img|\]\(|\w\]: ).{20}/i.exec(text)?.[0]).toBeUndefined();
  });

  it('is the same twice, and other for another assessment', async () => {
    const first = await renderText(render, reportOf(EVERY_KIND));
    expect(await renderText(render, reportOf(EVERY_KIND))).toBe(first);
    expect(await renderText(render, reportOf(EVERY_KIND, { id: 'other' }))).not.toBe(first);
  });

  it(`names every vulnerability (${name})`, async () => {
    const text = await renderText(render, reportOf(EVERY_KIND));
    for (const { vulnerabilityId } of EVERY_KIND) expect(text).toContain(vulnerabilityId);
  });
});
