import { expect, it } from 'vitest';
import { parseAdvisory } from './schema.ts';

it('reads ranges of versions with their ends and the ecosystem, and no commits', () => {
  const record = {
    id: 'PYSEC-2021-1',
    affected: [
      {
        package: { ecosystem: 'PyPI', name: 'django', purl: 'pkg:pypi/django' },
        ranges: [
          { type: 'GIT', repo: 'https://example.com', events: [{ introduced: '0' }, { fixed: '21e7622dec1f86' }] },
          {
            type: 'ECOSYSTEM',
            events: [
              { introduced: '0' },
              { fixed: '2.2.18' },
              { introduced: '3.0' },
              { fixed: '3.0.12' },
              { introduced: '4' },
            ],
          },
          { type: 'ECOSYSTEM', events: [{ introduced: '5' }, { last_affected: '5.1' }] },
        ],
      },
    ],
  };
  const parsed = parseAdvisory(record);
  expect(parsed.ok && parsed.value.packages).toEqual([
    {
      purl: 'pkg:pypi/django',
      name: 'django',
      ecosystem: 'PyPI',
      ranges: [
        { introduced: null, fixed: '2.2.18' },
        { introduced: '3.0', fixed: '3.0.12' },
      ],
    },
  ]);
});
