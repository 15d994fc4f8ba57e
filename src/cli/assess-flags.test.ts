import { describe, expect, it } from 'vitest';
import { type AssessFlags, readServiceNowFlag, refuseContradictions } from './assess-flags.ts';

describe('--servicenow', () => {
  it.each([
    [undefined, [], null],
    [true, [], 'active=true'],
    ['', [], 'active=true'],
    ['priority=1^active=true', [], 'priority=1^active=true'],
    ['CVE-2024-1000', ['CVE-2024-1000'], 'active=true'],
    ['-', ['-'], 'active=true'],
    ['package.json', ['package.json'], 'active=true'],
  ] as const)('%j selects incidents, or is the target that was meant', (servicenow, first, query) => {
    const flags = servicenow === undefined ? {} : { servicenow };
    expect(readServiceNowFlag(['x'], flags)).toEqual({ targets: [...first, 'x'], query });
  });

  it('stands without a target, and not with --resume', () => {
    const flags: AssessFlags = { map: [], llm: false, servicenow: true };
    expect(() => refuseContradictions([], flags)).not.toThrow();
    expect(() => refuseContradictions([], { ...flags, resume: 'x' })).toThrow(/leave --servicenow out/);
  });
});
