import { expect, it } from 'vitest';
import { OPENVEX } from './openvex.ts';

const read = (justification: string) => [
  ...OPENVEX.read(
    {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      statements: [
        { vulnerability: { name: 'CVE-2024-1111' }, products: ['pkg:npm/a@1'], status: 'not_affected', justification },
      ],
    },
    { offset: 0 },
  ),
];

it('a justification that is none clears nothing and is told', () => {
  expect(read('because_we_say_so')).toMatchObject([
    { kind: 'unreadable', position: '/statements/0/justification', what: expect.stringContaining('because_we_say_so') },
  ]);
  expect(read('component_not_present')).toMatchObject([{ kind: 'finding', vex: { status: 'not_affected' } }]);
});
