import { expect, it } from 'vitest';
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
