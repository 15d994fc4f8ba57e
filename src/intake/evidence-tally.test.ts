import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SightingEvidence, toSighting } from '../domain/finding/sighting.ts';
import { joinAssets } from './assets/join-assets.ts';
import { createEvidenceTally, joinEvidence, MOST_EVIDENCE } from './evidence-tally.ts';
import { mergeSightings } from './merge-sightings.ts';

const piece = (number: number, file = 'scan.json', tool = 'Trivy'): SightingEvidence => ({
  file,
  position: `line ${number}`,
  tool,
  severity: null,
});
const pieces = (from: number, to: number, file?: string) =>
  Array.from({ length: to - from }, (_, index) => piece(from + index, file));

const totalOf = ({ evidence, moreEvidence }: ReturnType<typeof joinEvidence>) =>
  evidence.length + (moreEvidence?.size ?? 0);

describe('evidence of one finding', () => {
  it('is kept up to 50 pieces, and counted beyond', () => {
    const seen = joinEvidence({ evidence: pieces(0, 120) });
    expect([seen.evidence, totalOf(seen)]).toEqual([pieces(0, 50), 120]);
  });

  it('counts nothing twice, whatever is told again and in whatever portions', () => {
    const portion = fc.array(
      fc.nat(200).map((number) => piece(number)),
      { maxLength: 150 },
    );
    fc.assert(
      fc.property(fc.array(portion, { maxLength: 6 }), (portions) => {
        const parts = portions.map((evidence) => joinEvidence({ evidence }));
        const [once, twice] = [joinEvidence(...parts), joinEvidence(...parts, ...parts)];
        const distinct = new Set(portions.flat().map(({ position }) => position)).size;
        expect([totalOf(once), totalOf(twice)]).toEqual([distinct, distinct]);
        expect(once.evidence.length).toBe(Math.min(distinct, MOST_EVIDENCE));
      }),
    );
  });

  it('hashes nothing of what it keeps for a row that is told again', () => {
    const tally = createEvidenceTally();
    let reads = 0;
    const told = pieces(0, MOST_EVIDENCE).map((one) =>
      Object.defineProperty({ ...one }, 'severity', {
        enumerable: true,
        get: () => {
          reads += 1;
          return null;
        },
      }),
    );
    tally.add({ evidence: told });
    reads = 0;
    for (let row = 0; row < 100; row += 1) tally.add({ evidence: [piece(0)] });
    // Each is compared with the first; hashing all that is kept would read each of the fifty.
    expect(reads).toBe(100);
  });

  it('keeps one of each source before a second one of another', () => {
    const seen = joinEvidence({
      evidence: [...pieces(0, 60), piece(1, 'b.json'), piece(2, 'c.json'), piece(3, 'c.json')],
    });
    expect(new Set(seen.evidence.map(({ file }) => file))).toEqual(new Set(['scan.json', 'b.json', 'c.json']));
    expect([seen.evidence.length, totalOf(seen)]).toEqual([50, 63]);
    const tally = createEvidenceTally();
    tally.add(seen);
    tally.add({ evidence: pieces(0, 60) });
    expect(totalOf(tally.seen())).toBe(63);
  });

  it('is told in all of a finding, through every merging', () => {
    const [id, host] = ['CVE-2024-1000', (hostname: string) => ({ hostname, ip: null })];
    const on = (hostname: string, file: string) =>
      mergeSightings(
        pieces(0, 40, file).map((one) => toSighting({ vulnerabilityId: id, host: host(hostname), evidence: [one] })),
      );
    const asset = joinAssets(mergeSightings([...on('a', 'a.json'), ...on('b', 'b.json')]), {
      isLinked: true,
      assets: [
        {
          asset: { id: 'one', name: null, source: 'x' } as never,
          hostnames: ['a', 'b'],
          ips: [],
          vulnerabilityIds: [],
        },
      ],
    });
    expect(asset.map(({ evidence, evidenceTotal }) => [evidence.length, evidenceTotal])).toEqual([[50, 80]]);
    const few = joinAssets(on('c', 'c.json'), null);
    expect(few.map((subject) => ['evidenceTotal' in subject, subject.evidence.length])).toEqual([[false, 40]]);
  });
});
