import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DockerfileParser, ModifiableInstruction } from 'dockerfile-ast';
import { globSync } from 'tinyglobby';

/** One instruction of a Dockerfile. */
export interface ImageStep {
  readonly keyword: string;
  /** Such as `--from=build`. */
  readonly flags: readonly string[];
  /** Words after the flags; those of a JSON array without their quotes. */
  readonly words: readonly string[];
  /** All after the keyword and the flags, on one line. */
  readonly text: string;
}

/** A part of a Dockerfile that begins with FROM. */
export interface ImageStage {
  readonly name: string;
  readonly base: string;
  readonly steps: readonly ImageStep[];
}

/** The stages of a Dockerfile. */
export function readStages(dockerfile: string): ImageStage[] {
  const stages: { name: string; base: string; steps: ImageStep[] }[] = [];
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    const keyword = instruction.getKeyword();
    const text = instruction
      .getArguments()
      .map((argument) => argument.getValue())
      .join(' ');
    const flags =
      instruction instanceof ModifiableInstruction ? instruction.getFlags().map((flag) => flag.toString()) : [];
    const words = wordsIn(text);
    if (keyword === 'FROM') stages.push({ name: words[2] ?? '', base: words[0] ?? '', steps: [] });
    else stages.at(-1)?.steps.push({ keyword, flags, words, text });
  }
  return stages;
}

/** The words of an instruction, which may be a JSON array, also behind the CMD of a health check. */
function wordsIn(text: string): string[] {
  const array = text.replace(/^CMD /, '');
  return array.startsWith('[') ? (JSON.parse(array) as string[]) : text.split(' ');
}

/** The files that a build sees: `.dockerignore` keeps out everything, names what comes in, and then what of it does not. */
export function contextOf(root: string): string[] {
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0] !== '*') throw new Error('.dockerignore does not begin with *');
  const inside = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const ignore = lines.slice(1).filter((line) => !line.startsWith('!'));
  return globSync(
    inside.flatMap((path) => [path, `${path}/**`]),
    { cwd: root, ignore, dot: true, expandDirectories: false },
  ).sort();
}

/** Commands for which a machine must be the image: they are not done here. */
const OF_THE_SYSTEM = /^(?:apt-get|groupadd) /;

/** Does what a build of the image does, in folders in the place of its stages; what it skips it returns. */
export function doImageSteps(root: string, stages: readonly ImageStage[], into: string): string[] {
  const context = contextOf(root);
  const skipped: string[] = [];
  for (const stage of stages) {
    const app = join(into, stage.name, 'app');
    const parent = join(into, stage.base);
    if (existsSync(parent)) execFileSync('cp', ['-a', parent, join(into, stage.name)]);
    mkdirSync(app, { recursive: true });
    for (const step of stage.steps) {
      if (step.keyword === 'COPY') copy({ root, context, into, app }, step);
      if (step.keyword !== 'RUN') continue;
      if (OF_THE_SYSTEM.test(step.text)) skipped.push(step.text);
      else execFileSync('sh', ['-c', step.text], { cwd: app, stdio: ['ignore', 'ignore', 'pipe'] });
    }
  }
  return skipped;
}

interface Place {
  readonly root: string;
  readonly context: readonly string[];
  readonly into: string;
  readonly app: string;
}

function copy({ root, context, into, app }: Place, { flags, words }: ImageStep): void {
  const from = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length);
  const [to = '', ...sources] = [...words].reverse();
  for (const source of sources.reverse()) {
    const target = to.endsWith('/') ? join(app, to, source) : join(app, to);
    if (from !== undefined) {
      execFileSync('cp', ['-a', join(into, from, source), join(app, to)]);
      continue;
    }
    const files = context.filter((path) => path === source || path.startsWith(`${source}/`));
    if (files.length === 0) throw new Error(`the context has no ${source}`);
    for (const path of files) {
      const place = path === source ? target : join(target, path.slice(source.length + 1));
      mkdirSync(dirname(place), { recursive: true });
      cpSync(join(root, path), place);
      chmodSync(place, statSync(join(root, path)).mode);
    }
  }
}
