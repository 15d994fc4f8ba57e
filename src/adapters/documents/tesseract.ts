import { execFile } from 'node:child_process';
import { once } from '../../kernel/once.ts';

/** Recognises text in pictures. */
export interface OcrEngine {
  /**
   * The text of a picture (PGM). Its program is killed where the signal is given.
   * @param language ISO 639-1, where it is known
   * @throws Error where it fails or is killed
   */
  recognise(picture: Uint8Array, language: string | null, signal: AbortSignal): Promise<string>;
}

const ASK_TIMEOUT_MS = 10_000;
/** A page of the smallest print has some 20 kB. */
const MOST_OUTPUT = 2 ** 20;
/** Where the language is not known, tesseract looks for words of several, each of which costs time. */
const MOST_LANGUAGES = 3;

/** Tesseract's names of languages (ISO 639-2/T) by ISO 639-1. */
const NAMES: Readonly<Record<string, string>> = {
  cs: 'ces',
  da: 'dan',
  de: 'deu',
  en: 'eng',
  es: 'spa',
  fi: 'fin',
  fr: 'fra',
  it: 'ita',
  nl: 'nld',
  no: 'nor',
  pl: 'pol',
  pt: 'por',
  sv: 'swe',
};

/** Tesseract, where it is installed and has a language; else null. Looked for once. */
export const findTesseract = once(async (): Promise<OcrEngine | null> => {
  const listed = await run(['--list-langs'], null, AbortSignal.timeout(ASK_TIMEOUT_MS)).catch(() => '');
  const installed = listed
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((name) => /^[a-z]{3}(?:_[a-z]+)?$/i.test(name) && name !== 'osd');
  if (installed.length === 0) return null;
  return {
    recognise(picture, language, signal) {
      const args = ['stdin', 'stdout', '-l', languagesFor(language, installed).join('+')];
      return run(args, picture, signal);
    },
  };
});

/** The document's language where tesseract has it, English beside it; else some of those that it has. */
export function languagesFor(language: string | null, installed: readonly string[]): string[] {
  const own = language === null ? undefined : NAMES[language];
  const isKnown = own !== undefined && installed.includes(own);
  const others = installed.filter((name) => name !== 'eng');
  const wanted = isKnown ? [own, 'eng'] : ['eng', ...others];
  return [...new Set(wanted.filter((name) => installed.includes(name)))].slice(0, MOST_LANGUAGES);
}

/** Runs the program itself, without a shell; it is killed at its limits. */
function run(args: readonly string[], input: Uint8Array | null, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'tesseract',
      args,
      { signal, killSignal: 'SIGKILL', maxBuffer: MOST_OUTPUT },
      (error, stdout) => (error === null ? resolve(stdout) : reject(error)),
    );
    // A program that ends before it has read all closes its input.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? undefined);
  });
}
