import { describe, expect, it } from 'vitest';
import { sourceUnavailable } from '../../domain/source/source-unavailable.ts';
import type { RecordState } from '../../ports/ticket-system.ts';
import { readOrigins } from './read-origins.ts';

const FILE = 'servicenow:incident';
const CALL = { signal: new AbortController().signal };
const NAME = { file: FILE, number: 'INC1' };

async function why(id: string, ...states: readonly Partial<RecordState>[]): Promise<string | null> {
  const readRecords = async () => states.map((one) => ({ ...NAME, isActive: true, text: '', ...one }));
  return (await readOrigins([NAME], { readRecords }, CALL))(NAME, id);
}

describe('what came from an incident', () => {
  it('is gone where the incident is not active, or names other vulnerabilities', async () => {
    expect(await why('CVE-2024-1000', { isActive: false, text: 'CVE-2024-1000' })).toBeNull();
    expect(await why('CVE-2024-1000', { text: 'CVE-2024-2000' })).toBeNull();
    expect(await why('CVE-2024-1000', { text: 'done with it' })).toBeNull();
  });

  it('is there where it stands, or where that cannot be told', async () => {
    expect(await why('CVE-2024-1000', { text: 'cve-2024-1000' })).toMatch(/^INC1: it is active and names/);
    expect(await why('CVE-2024-1000', { text: 'GHSA-jfh8-c2jp-5v3q' })).toMatch(/by another id$/);
    expect(await why('CVE-2024-1000', { text: 'CVE 2024 1000' })).not.toBeNull();
    expect(await why('CVE-2024-1000', { text: '' })).toMatch(/does not show its text$/);
    expect(await why('CVE-2024-1000')).toBe('INC1: it could not be read');
    expect(await why('CVE-2024-1000', { text: 'CVE-2024-2000', isCut: true })).toMatch(/too long to be read whole$/);
    const twice = [{ isActive: false }, { text: 'CVE-2024-1000' }];
    expect(await why('CVE-2024-1000', ...twice)).toMatch(/names the vulnerability$/);
  });

  it('is there where the system does not answer, which is no failure, and one table does not speak for another', async () => {
    const item = { file: 'servicenow:sn_vul_vulnerable_item', number: 'VIT1' };
    const standing = await readOrigins(
      [NAME, item],
      {
        async readRecords(names) {
          if (names.some(({ file }) => file === FILE)) throw sourceUnavailable('HTTP 503', true);
          return [{ ...item, isActive: false, text: '' }];
        },
      },
      CALL,
    );
    expect(standing(NAME, 'CVE-2024-1000')).toBe('INC1: it could not be read: HTTP 503');
    expect(standing(item, 'CVE-2024-1000')).toBeNull();
  });
});
