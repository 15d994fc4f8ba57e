import { expect, it } from 'vitest';
import { readItemsOf } from '../../../../test/support/read-items.ts';
import { readXml } from '../../reports/read-xml.ts';
import { QUALYS_DETECTIONS } from './qualys-xml.ts';

const detection = (qid: number, status: string, type: string, rest = '') =>
  `<DETECTION><QID>${qid}</QID><TYPE>${type}</TYPE><SEVERITY>4</SEVERITY><RESULTS><![CDATA[<CVE-2000-0001>]]></RESULTS><STATUS>${status}</STATUS>${rest}</DETECTION>`;
const REPORT = `<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE HOST_LIST_VM_DETECTION_OUTPUT SYSTEM "https://example.org/host_list_vm_detection_output.dtd">
<HOST_LIST_VM_DETECTION_OUTPUT><RESPONSE><HOST_LIST><HOST><ID>7</ID><IP>10.0.0.1</IP><DNS><![CDATA[web-1]]></DNS><DETECTION_LIST>
${detection(105, 'Active', 'Confirmed', '<CVE_LIST><CVE><ID>CVE-2024-1000</ID></CVE></CVE_LIST>')}
${detection(106, 'New', 'Potential')}${detection(107, 'Fixed', 'Confirmed')}${detection(108, 'Active', 'Info')}
</DETECTION_LIST></HOST></HOST_LIST></RESPONSE></HOST_LIST_VM_DETECTION_OUTPUT>`;

it('reads what is open on hosts; what names a QID only is counted', () => {
  const document = readXml('x', REPORT);
  expect(QUALYS_DETECTIONS.matches(document)).toBe(true);
  expect([...QUALYS_DETECTIONS.read(document)]).toEqual([
    expect.objectContaining({
      ids: ['CVE-2024-1000'],
      host: { hostname: 'web-1', ip: '10.0.0.1' },
      position: 'HOST[7]/DETECTION[105]',
      severity: '4',
    }),
    expect.objectContaining({ kind: 'no-id', what: 'QID 106' }),
  ]);
});

it.each([
  ['New', true],
  ['Active', true],
  ['Re-Opened', true],
  ['Fixed', false],
])('what is %s is open: %s, in each of Qualys’ reports', async (status, isOpen) => {
  const cve = 'CVE-2024-1000';
  const assets = `<ASSET_DATA_REPORT><HOST_LIST><HOST><IP>10.0.0.1</IP><VULN_INFO_LIST><VULN_INFO><QID>1</QID><TYPE>Vuln</TYPE><VULN_STATUS>${status}</VULN_STATUS></VULN_INFO></VULN_INFO_LIST></HOST></HOST_LIST>
<GLOSSARY><VULN_DETAILS_LIST><VULN_DETAILS><QID>1</QID><TITLE>T</TITLE><CVE_ID_LIST><CVE_ID><ID>${cve}</ID></CVE_ID></CVE_ID_LIST></VULN_DETAILS></VULN_DETAILS_LIST></GLOSSARY></ASSET_DATA_REPORT>`;
  const detections = `<HOST_LIST_VM_DETECTION_OUTPUT><RESPONSE><HOST_LIST><HOST><ID>7</ID><IP>10.0.0.1</IP><DETECTION_LIST>${detection(1, status, 'Confirmed', `<CVE_LIST><CVE><ID>${cve}</ID></CVE></CVE_LIST>`)}</DETECTION_LIST></HOST></HOST_LIST></RESPONSE></HOST_LIST_VM_DETECTION_OUTPUT>`;
  for (const report of [assets, detections]) {
    const { items } = await readItemsOf(report);
    // A host whose findings are all mended was looked at: its tickets close.
    expect(items).toMatchObject([isOpen ? { kind: 'finding', ids: [cve] } : { kind: 'looked' }]);
  }
  // A table keeps what is mended, and says so.
  const table = await readItemsOf(`IP,QID,Title,CVE ID,Vuln Status\n10.0.0.1,1,T,${cve},${status}\n`);
  expect(table.items).toMatchObject([{ ids: [cve], vex: isOpen ? null : { status: 'fixed' } }]);
});
