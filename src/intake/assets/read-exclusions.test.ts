import { expect, it } from 'vitest';
import { bareAsset } from '../../domain/asset/asset.ts';
import { toSighting } from '../../domain/finding/sighting.ts';
import { joinAssets } from './join-assets.ts';
import { readExclusions } from './read-exclusions.ts';

it.each([
  ['Assess CVE-2024-3094 but not the build servers', ['the build servers']],
  ['CVE-2024-3094 on web-1, not web-2.example.org, and on db. Skip mail!', ['web-2.example.org', 'mail']],
  ['CVE-2024-3094 for all except for build servers but also for web-1', ['build servers']],
  ['CVE-2024-3094 for all but the build servers', ['the build servers']],
  ['CVE-2024-3094 for every server but build-7', ['build-7']],
  ['CVE-2024-3094 without build servers', ['build servers']],
  ['CVE-2024-3094 for everything other than build servers', ['build servers']],
  ['CVE-2024-3094 everywhere except payment server 1', ['payment server 1']],
  ['CVE-2024-3094 was fixed on build servers, assess payment servers', ['build servers']],
  ["CVE-2024-3094 on web-1; it isn't on build servers", ['on build servers']],
  ['Assess CVE-2024-3094 for our notary servers', []],
  ['Assess CVE-2024-3094 for all our build servers', []],
  ['Assess CVE-2024-3094 and exclude build-1', ['build-1']],
  ['CVE-2024-3094 for all with the exception of build-1', ['build-1']],
  ['Assess CVE-2024-3094 on web-1 instead of build-1', ['build-1']],
  ['Instead of build-1 assess web-1 for CVE-2024-3094', ['build-1']],
  ['Assess CVE-2024-3094 on web-1 rather than build-1', ['build-1']],
  ['CVE-2024-3094 on all servers barring build-1', ['build-1']],
  ['Assess CVE-2024-3094 on web-1, build-1 is out of scope', ['build-1']],
  ['Assess CVE-2024-3094 on web-1; build-1 and build-2 are not in scope.', ['build-1 and build-2']],
  ['CVE-2024-3094 for all servers, build-1 excluded', ['build-1']],
  ['CVE-2024-3094 on web-1 with build-1 excluded', ['build-1']],
  ['CVE-2024-3094 for all our servers but build-1', ['build-1']],
  ['CVE-2024-3094 for all but the build servers: web-1', ['the build servers']],
  ['Do not assess CVE-2024-3094 on build-1', ['on build-1']],
  ["Assess CVE-2024-3094. Don't include the build servers", ['the build servers']],
  ['CVE-2024-3094 but not the build servers except build-1', ['the build servers']],
  ['Can you assess CVE-2024-3094 but not for build-1?', ['for build-1']],
  ['CVE-2024-3094 (already patched on build-1)', ['build-1']],
  ['CVE-2024-3094 on web-1 (fixed on build-1)', ['build-1']],
])('%j leaves out %j', (sentence, excluded) => {
  expect(readExclusions(sentence).excluded).toEqual(excluded);
});

it.each([
  'CVE-2024-3094 is not patched on web-1',
  "CVE-2024-3094 isn't fixed on web-1 yet",
  'CVE-2024-3094 is not yet mitigated on web-1',
  'CVE-2024-3094 has not been fixed on web-1',
  "CVE-2024-3094 hasn't been patched on web-1",
  'Assess CVE-2024-3094 without delay on web-1',
  'Assess CVE-2024-3094 without any further delay for web-1',
  'CVE-2024-3094 is without a patch on web-1',
  'Do not forget web-1 for CVE-2024-3094',
  'CVE-2024-3094: do not skip web-1',
  "CVE-2024-3094, don't leave out web-1",
  'Assess CVE-2024-3094 for nothing but web-1',
  'Do not assess anything except web-1 for CVE-2024-3094',
  'Why was CVE-2024-3094 not assessed on web-1?',
  'Was CVE-2024-3094 fixed on web-1?',
  'Make sure that CVE-2024-3094 is fixed on web-1',
  'CVE-2024-3094 must be patched on web-1',
  'CVE-2024-3094 not only for web-1 but also for build-1',
  'CVE-2024-3094 not on web-1 alone',
  'CVE-2024-3094 was only patched on build-1, not on web-1',
  'CVE-2024-3094: we patched build-1 but not web-1',
  'CVE-2024-3094 for all our servers but especially web-1',
  'CVE-2024-3094 sooner rather than later on web-1',
  'CVE-2024-3094: web-1 is not out of scope',
  'CVE-2024-3094: web-1 must not be excluded',
  'CVE-2024-3094: why is web-1 out of scope?',
  'CVE-2024-3094: web-1 was excluded last time',
])('%j leaves out nothing', (sentence) => {
  expect(readExclusions(sentence)).toEqual({ wanted: sentence, excluded: [] });
});

it('takes what is not mended beside what is', () => {
  const { wanted, excluded } = readExclusions('CVE-2024-3094 is patched on build-1, but not on web-1');
  expect([excluded, wanted.includes('web-1')]).toEqual([['build-1'], true]);
});

it('reads a long text in no time', () => {
  const started = performance.now();
  readExclusions(`CVE-2024-3094${', not web'.repeat(10_000)}`);
  readExclusions(' not web'.repeat(10_000));
  expect(performance.now() - started).toBeLessThan(5000);
});

it('keeps what is asked for beside what is left out', () => {
  expect(readExclusions('CVE-2024-3094 for all but the build servers: web-1').wanted).toMatch(/web-1$/);
  expect(readExclusions('CVE-2024-3094 on web-1 with build-1 excluded').wanted).toMatch(/on web-1 with +;/);
  expect(readExclusions('CVE-2024-3094 but not the build servers except build-1').wanted).toMatch(/build-1$/);
});

it('puts a vulnerability on the assets that a sentence asks for, and not on those that it leaves out', () => {
  const listed = (name: string) => ({
    asset: bareAsset(name, name, 'assets.csv'),
    hostnames: [],
    ips: [],
    vulnerabilityIds: [],
  });
  const list = { assets: ['payment server', 'build server'].map(listed), isLinked: true };
  const assetsOf = (sentence: string, named: string[] = []) =>
    joinAssets([toSighting({ vulnerabilityId: 'CVE-2024-3094', sentence, named })], list).map(({ asset }) => asset?.id);
  expect(assetsOf('CVE-2024-3094 for the payment servers but not the build servers')).toEqual(['payment server']);
  expect(assetsOf('CVE-2024-3094 but not the build servers')).toEqual([undefined]);
  expect(assetsOf('CVE-2024-3094 was fixed on build servers, assess payment servers')).toEqual(['payment server']);
  // What a model has read of the sentence is held to the same.
  expect(assetsOf('CVE-2024-3094, not on build servers', ['build servers'])).toEqual([undefined]);
  expect(assetsOf('CVE-2024-3094 on pay servers', ['payment servers'])).toEqual(['payment server']);
});
