import { expect, it } from 'vitest';
import { CONTROLS, type Control } from '../../src/domain/asset/control.ts';
import { REACHES } from '../../src/scoring/risk/controls.ts';
import { describeWithTestData, readTestJson } from '../support/test-data.ts';

interface StixObject {
  readonly id: string;
  readonly type: string;
  readonly relationship_type?: string;
  readonly source_ref?: string;
  readonly target_ref?: string;
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[];
}

describeWithTestData('controls', () => {
  it('mitigate the techniques that ATT&CK says they do', () => {
    const { objects } = readTestJson('attack/enterprise-attack.core.stix20.json.gz') as { objects: StixObject[] };
    const names = new Map(
      objects.map(({ id, external_references: references = [] }) => [
        id,
        references.find(({ source_name: source }) => source === 'mitre-attack')?.external_id,
      ]),
    );
    const pairs = new Set(
      objects
        .filter(({ relationship_type: type }) => type === 'mitigates')
        .map(({ source_ref: from = '', target_ref: to = '' }) => `${names.get(from)} ${names.get(to)}`),
    );
    for (const control of Object.keys(CONTROLS) as Control[]) {
      for (const technique of REACHES[control].techniques) expect(pairs).toContain(`${CONTROLS[control]} ${technique}`);
    }
  });
});
