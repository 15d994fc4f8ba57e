import { describe, expect, it } from 'vitest';
import { collectMappings } from './ctid-mappings.ts';
import { collectCweNames } from './cwe-names.ts';
import type { RecordsFolder } from './records-folder.ts';

describe('collectMappings', () => {
  const folder = {
    json: () => ({
      mapping_objects: [
        { capability_id: 'CVE-2021-1000', mapping_type: 'primary_impact', attack_object_id: 'T1059' },
        { capability_id: 'CVE-2021-1000', mapping_type: 'exploitation_technique', attack_object_id: 'T1190' },
        { capability_id: 'CVE-2021-1000', mapping_type: 'exploitation_technique', attack_object_id: 'T1190' },
      ],
    }),
    text: () =>
      'CVE ID,Primary Impact,Secondary Impact,Exploitation Technique,Uncategorized,Phase\r\n' +
      'CVE-2021-1000,T1068,,,,Phase 1\r\nCVE-2021-2000,T1190. T1005,,T1078.003.; TT1565,,Phase 2\r\n',
  } as unknown as RecordsFolder;
  const collected = collectMappings(folder, { kev: '', cve: '' }, (id) => /^T\d{4}(\.\d{3})?$/.test(id));

  it('keeps the newer publication alone where it maps a CVE, exploitation first, nothing twice', () => {
    expect(collected.byCve.get('CVE-2021-1000' as never)).toEqual([
      ['T1190', 'exploitation', 0],
      ['T1059', 'primary_impact', 0],
    ]);
  });

  it('separates lists, forgives a stray full stop, and leaves out unknown techniques', () => {
    expect(collected.byCve.get('CVE-2021-2000' as never)).toEqual([
      ['T1078.003', 'exploitation', 1],
      ['T1005', 'primary_impact', 1],
      ['T1190', 'primary_impact', 1],
    ]);
    expect(collected.leftOut).toBe(1);
  });
});

describe('collectCweNames', () => {
  const problem = (cweId: string, description: string) => ({ descriptions: [{ cweId, description }] });

  it('prefers the wording of CISA, then the most frequent one of CNAs, and takes no descriptions', () => {
    const names = collectCweNames([
      {
        containers: {
          cna: {
            problemTypes: [problem('CWE-79', 'CWE-79 XSS'), problem('CWE-20', 'CWE-20: Improper Input Validation')],
          },
          adp: [{ providerMetadata: { shortName: 'CISA-ADP' }, problemTypes: [problem('CWE-79', 'CWE-79 Long Name')] }],
        },
      },
      {
        containers: { cna: { problemTypes: [problem('CWE-79', 'CWE-79 XSS'), problem('CWE-22', 'Path in the form')] } },
      },
    ]);
    expect([...names]).toEqual([
      ['CWE-79', 'Long Name'],
      ['CWE-20', 'Improper Input Validation'],
    ]);
  });
});
