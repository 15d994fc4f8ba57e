import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildThreatModel } from './threat-model/build.ts';

// Trains the mapping of vulnerabilities to ATT&CK techniques and writes data/threat-model.json.gz:
//   ERAS_TEST_DATA=<folder of real records> npx tsx tools/train-threat-model.ts
// The same records give the same file.

const folder = process.env['ERAS_TEST_DATA'];
if (folder === undefined || folder === '') throw new Error('ERAS_TEST_DATA must name the folder of real records');

const { file, labelledCount, figures } = buildThreatModel(folder);
console.log(`labelled CVEs: ${labelledCount}, with a text: ${file.examples.length}`);
console.table(figures);
console.log('confidence by score, any role:', file.calibration.any);
console.log('confidence by score, exploitation:', file.calibration.exploitation);
console.log(`CWE chain: ${Object.keys(file.chain).length} weaknesses, share confirmed ${file.chainShare}`);

const bytes = gzipSync(JSON.stringify(file), { level: 9 });
const target = fileURLToPath(new URL('../data/threat-model.json.gz', import.meta.url));
writeFileSync(target, bytes);
console.log(
  `${file.features.length} features, ${file.heads.length} heads, ${bytes.length} bytes → data/threat-model.json.gz`,
);
