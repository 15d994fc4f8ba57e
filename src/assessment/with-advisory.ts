import { parseCveId } from '../domain/cve/cve-id.ts';
import type { Component, ReportedVulnerability, Sighting } from '../domain/finding/sighting.ts';
import { joinReported, reportedOfCve } from '../intake/reported.ts';
import type { Advisory } from '../ports/advisory-source.ts';
import { fixedVersionIn } from './fixed-versions.ts';

/** A sighting for each CVE that the advisory is about; under its own id, with what it says, where it is about none. */
export function withAdvisory(sighting: Sighting, advisory: Advisory): Sighting[] {
  const { isWithdrawn } = advisory;
  // Where a tool has found something under an id that was taken back, it may still be what the other ids stand for; a list, and who asks for the id, mean the advisory itself.
  const isAdvisory = sighting.register === 'withdrawn' || sighting.evidence.every(({ tool }) => tool === 'OSV');
  const ids = [...new Set([sighting.vulnerabilityId, ...sighting.aliases, ...advisory.aliases])];
  const cves = ids.filter((id) => parseCveId(id).ok);
  const others = ids.filter((id) => !cves.includes(id));
  const mended = withFix(sighting.component, advisory);
  if (cves.length > 0 && !(isWithdrawn && isAdvisory)) {
    const reported = joinReported(shortly(sighting), saidOfCve(advisory));
    return cves.map((vulnerabilityId) => ({
      ...sighting,
      vulnerabilityId,
      aliases: others,
      component: mended,
      reported,
    }));
  }
  const { reported } = sighting;
  return [
    {
      ...sighting,
      aliases: ids.filter((id) => id !== sighting.vulnerabilityId),
      register: isWithdrawn ? 'withdrawn' : 'unread',
      component: mended,
      reported: {
        title: advisory.summary ?? reported?.title ?? null,
        description: advisory.details ?? reported?.description ?? null,
        cvssVectors: advisory.cvssVectors.length > 0 ? advisory.cvssVectors : (reported?.cvssVectors ?? []),
        cwes: advisory.cwes.length > 0 ? advisory.cwes : (reported?.cwes ?? []),
      },
    },
  ];
}

/** What an advisory says of its CVE; one that was taken back says nothing. */
function saidOfCve({ id, isWithdrawn, summary, cvssVectors, cwes }: Advisory): ReportedVulnerability | null {
  return isWithdrawn ? null : reportedOfCve({ title: summary, description: null, cvssVectors, cwes }, id);
}

/** What was reported of an id that turns out to be a CVE's: the register that has that id describes it at length. */
function shortly({ reported, evidence }: Sighting): ReportedVulnerability | null {
  if (reported === null || reported.by !== undefined) return reported;
  return reportedOfCve(reported, evidence[0]?.tool ?? 'the report');
}

function withFix(component: Component | null, advisory: Advisory): Component | null {
  if (component === null) return null;
  return { ...component, fixedVersion: component.fixedVersion ?? fixedVersionIn(advisory, component) };
}
