import { createCveOrgSource } from '../../src/adapters/cve-org/create-cve-org-source.ts';
import { createEpssSource } from '../../src/adapters/first-epss/create-epss-source.ts';
import { createNvdSource } from '../../src/adapters/nvd/create-nvd-source.ts';
import { describeRecordSource } from './record-source.ts';

describeRecordSource({
  title: 'NVD',
  served: 'nvd',
  dataFor: (cveIds) => ({ nvd: new Map(cveIds.map((id) => [id, { id, vulnStatus: 'Analyzed', descriptions: [] }])) }),
  damagedDataFor: (cveId) => ({ nvd: new Map([[cveId, { id: `${cveId}/../x` }]]) }),
  create: (http, env) => createNvdSource({ http, baseUrl: env.NVD_API_URL, apiKeys: ['key'] }),
});

describeRecordSource({
  title: 'EPSS',
  served: 'epss',
  dataFor: (cveIds) => ({ epss: new Map(cveIds.map((id) => [id, { epss: '0.5', percentile: '0.9' }])) }),
  damagedDataFor: (cveId) => ({ epss: new Map([[cveId, { epss: 'NaN' }]]) }),
  create: (http, env) => createEpssSource({ http, apiUrl: env.EPSS_API_URL }),
});

describeRecordSource({
  title: 'CVE Program',
  served: 'cve',
  dataFor: (cveIds) => ({
    cve: new Map(
      cveIds.map((cveId) => [
        cveId,
        {
          dataType: 'CVE_RECORD',
          dataVersion: '5.1',
          cveMetadata: { cveId, state: 'PUBLISHED', assignerShortName: 'example' },
          containers: { cna: { descriptions: [{ lang: 'en', value: 'An example.' }] } },
        },
      ]),
    ),
  }),
  damagedDataFor: (cveId) => ({ cve: new Map([[cveId, { dataType: 'CVE_RECORD', dataVersion: '4.0' }]]) }),
  create: (http, env) => createCveOrgSource({ http, baseUrl: env.CVE_API_URL }),
});
