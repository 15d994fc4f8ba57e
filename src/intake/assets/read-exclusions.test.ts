import { expect, it } from 'vitest';
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
])('%j leaves out %j', (sentence, excluded) => {
  expect(readExclusions(sentence).excluded).toEqual(excluded);
});

it('puts a vulnerability on the assets that a sentence asks for, and not on those that it leaves out', () => {
  const listed = (name: string) => ({
    asset: {
      id: name,
      name,
      criticality: null,
      exposure: null,
      environment: null,
      owner: null,
      humanImpact: null,
      missionImpact: null,
      eventLoss: null,
      susceptibility: null,
      source: 'assets.csv',
    },
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
