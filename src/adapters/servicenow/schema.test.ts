import { expect, it } from 'vitest';
import { describeWithTestData, readTestJson } from '../../../test/support/test-data.ts';
import { toListedAsset } from './configuration-item.ts';
import { cellOf, findProblem, findToken, parseRows, textOf } from './schema.ts';

const ID = '109562a3c611227500a7b7ff98cc0dc7';

it.each([
  ['stored', ID, ID],
  ['stored, with a link', { link: `https://x.example/api/now/table/cmdb_ci/${ID}`, value: ID }, ID],
  ['shown', { display_value: 'mail', link: `https://x.example/api/now/table/cmdb_ci/${ID}` }, 'mail'],
  ['both', { display_value: 'mail', value: ID, link: 'https://x.example/y' }, 'mail'],
])('a reference is read in each form: %s', (_form, cmdb_ci, shown) => {
  const parsed = parseRows({ result: [{ cmdb_ci }] });
  const row = parsed.ok ? (parsed.value.rows[0] ?? {}) : {};
  expect([cellOf(row, 'cmdb_ci').value, textOf(row, 'cmdb_ci')]).toEqual([ID, shown]);
});

it.each(['', null, { value: '', display_value: '' }, [1], undefined])('%j is an empty field', (cmdb_ci) => {
  const parsed = parseRows({ result: [{ cmdb_ci }] });
  const row = parsed.ok ? (parsed.value.rows[0] ?? {}) : {};
  expect([cellOf(row, 'cmdb_ci').value, textOf(row, 'cmdb_ci')]).toEqual(['', null]);
});

it.each([
  ['1 - most critical', 5],
  ['2 - somewhat critical', 4],
  ['3 - less critical', 2],
  ['4 - not critical', 1],
  ['4', 1],
  ['', null],
  ['12', null],
  ['5 - unheard of', null],
])('a criticality of %j counts %j', (business_criticality, criticality) => {
  const cell = { value: business_criticality, display: business_criticality };
  expect(toListedAsset({ business_criticality: cell }, null).asset.criticality).toBe(criticality);
});

describeWithTestData('real replies', () => {
  const read = (path: string) => readTestJson(`servicenow/${path}`);
  it('of incidents are read', () => {
    const parsed = parseRows(read('incident_list_dev_instance.json'));
    const [row = {}] = parsed.ok ? parsed.value.rows : [];
    expect([textOf(row, 'number'), cellOf(row, 'cmdb_ci').value]).toEqual(['INC0000060', ID]);
  });

  it.each(['search_security_incident_all.json', 'search_security_incident_limit_offset.json'])('%s is read', (file) => {
    const parsed = parseRows(read(`rapid7_payloads/${file}`));
    const [row = {}] = parsed.ok ? parsed.value.rows : [];
    expect([textOf(row, 'number'), cellOf(row, 'cmdb_ci').value]).toEqual([expect.stringMatching(/^SIR/), '1234']);
  });

  it('of one row, of none, of failures and of tokens are read', () => {
    const one = parseRows(read('rapid7_payloads/create_change_request.json'));
    expect(one.ok && textOf(one.value.rows[0] ?? {}, 'number')).toBe('CHG0030003');
    expect(parseRows(read('rapid7_payloads/search_security_incident_empty_list.json'))).toMatchObject({
      value: { rows: [], unreadable: 0 },
    });
    const problem = read('rapid7_payloads/get_security_incident_invalid_sys_id.json');
    expect(findProblem(JSON.stringify(problem))).toMatch(/^No Record found: Record doesn't exist/);
    expect(findToken(read('rapid7_payloads/get_oauth_token.json'))).toMatch(/^\S{80,}$/);
  });
});
