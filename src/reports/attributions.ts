/** What the publishers of the facts ask every product to say that shows them. */
export const ATTRIBUTIONS = [
  'This product uses the NVD API but is not endorsed or certified by the NVD.',
  'EPSS scores are provided by FIRST (https://www.first.org/epss).',
  'Known Exploited Vulnerabilities catalogue and SSVC values: CISA.',
  '© The MITRE Corporation. ATT&CK and CAPEC are reproduced and distributed with the permission of The MITRE Corporation. CVE is a trademark of The MITRE Corporation.',
] as const;
