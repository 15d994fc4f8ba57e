import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BENCHES, type Bench, type Findings } from './benches.ts';
import { describeSetup, renderFindings } from './render.ts';

/**
 * `npm run bench [-- NAME…] [--list] [--output FILE]`: runs benches against the built command line (`npm run build` first) and prints the tables as Markdown;
 * `--output` writes them, as JSON where the file ends so. No test: nothing fails on time.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean' }, output: { type: 'string' } },
});

if (values.list === true) {
  for (const { name, about, isApart } of BENCHES)
    console.log(`${name.padEnd(10)} ${about}${isApart === true ? ' (only by name)' : ''}`);
} else {
  await runBenches(chooseBenches());
}

function chooseBenches(): readonly Bench[] {
  if (positionals.length === 0) return BENCHES.filter(({ isApart }) => isApart !== true);
  return positionals.map((name) => {
    const bench = BENCHES.find((known) => known.name === name);
    if (bench !== undefined) return bench;
    console.error(`bench: there is no ${name}; npm run bench -- --list shows what there is`);
    return process.exit(2);
  });
}

async function runBenches(benches: readonly Bench[]): Promise<void> {
  const found: Partial<Findings>[] = [];
  for (const bench of benches) {
    console.error(`bench: ${bench.name}, ${bench.about}`);
    found.push(await bench.run());
  }
  const findings: Findings = {
    slas: found.flatMap(({ slas }) => slas ?? []),
    impacts: found.flatMap(({ impacts }) => impacts ?? []),
    figures: found.flatMap(({ figures }) => figures ?? []),
  };
  const setup = describeSetup(JSON.parse(readFileSync('package.json', 'utf8')));
  const markdown = renderFindings(findings, setup);
  console.log(markdown);
  if (values.output === undefined) return;
  const json = JSON.stringify({ ...setup, ...findings }, null, 2);
  writeFileSync(values.output, `${values.output.endsWith('.json') ? json : markdown}\n`);
}
