import { expect, it } from 'vitest';
import { readXml } from '../../reports/read-xml.ts';
import { NEXPOSE_SIMPLE } from './nexpose-simple.ts';

const REPORT = `<NeXposeSimpleXML version="1.0"><generated>20260101T000000</generated><devices>
<device address="10.0.0.1" id="1"><fingerprint certainty="0.9"><vendor>Debian</vendor></fingerprint>
<vulnerabilities>
 <vulnerability id="ssl-x" resultCode="VE"><id type="cve">CVE-2024-1000</id><id type="bid">1</id><id type="CVE">CVE-2024-1001</id></vulnerability>
 <vulnerability id="debian-cve-2024-1002" resultCode="VV"/>
 <vulnerability id="not-here" resultCode="NV"><id type="cve">CVE-2024-1003</id></vulnerability>
</vulnerabilities>
<services><service name="HTTP" port="80" protocol="tcp"><vulnerabilities>
 <vulnerability id="http-y" resultCode="VP"><id type="cve">CVE-2024-1004</id></vulnerability>
 <vulnerability id="cookie" resultCode="VP"/>
</vulnerabilities></service></services></device></devices></NeXposeSimpleXML>`;

it('reads what devices and their services are vulnerable to', () => {
  const document = readXml('x', REPORT);
  expect(NEXPOSE_SIMPLE.matches(document)).toBe(true);
  expect([...NEXPOSE_SIMPLE.read(document)]).toEqual([
    expect.objectContaining({
      ids: ['CVE-2024-1000', 'CVE-2024-1001'],
      host: { hostname: null, ip: '10.0.0.1' },
      position: 'device[10.0.0.1]/vulnerability[ssl-x]',
    }),
    expect.objectContaining({ ids: ['CVE-2024-1002'] }),
    expect.objectContaining({
      ids: ['CVE-2024-1004'],
      position: 'device[10.0.0.1]/service[tcp/80]/vulnerability[http-y]',
    }),
    expect.objectContaining({ kind: 'no-id', what: 'cookie' }),
  ]);
});
