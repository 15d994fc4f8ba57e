import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

/** Bytes as a generator gives them (Park and Miller's), none of them 0: what has a zero is no text anyway. */
function anyBytes(length: number): Buffer {
  let state = 1;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return (state % 255) + 1;
    }),
  );
}

describe('the text of bytes', () => {
  it.each([20_000, 300])('is none of %s bytes at random, and told as what the ending says', (length) => {
    const bytes = anyBytes(length);
    expect(() => decodeText(bytes, '.docx')).toThrow(/^its ending says DOCX, but it is no DOCX/);
    expect(() => decodeText(bytes, '.pdf')).toThrow(/^its ending says PDF, but it is no PDF/);
    expect(() => decodeText(bytes, '.md')).toThrow(/^it is neither text nor a document/);
  });

  it('is none of bytes with zeros', () =>
    expect(() => decodeText(Buffer.from('a\0b'), '.xlsx')).toThrow(/^its ending says XLSX, but it is no XLSX/));

  it.each([
    [
      'Windows-1252',
      Buffer.from('Zust\xe4ndig f\xfcr das Netz: \x84Ann\x93 \x96 f\xfcr 5 \x80.', 'latin1'),
      'Zuständig für das Netz: „Ann“ – für 5 €.',
    ],
    ['UTF-8', Buffer.from('Zuständig'), 'Zuständig'],
    ['UTF-16', Buffer.from('\uFEFFZuständig', 'utf16le'), 'Zuständig'],
    [
      'a log in colour',
      Buffer.from('\x1b[31mFehler: unzul\xe4ssig\x1b[0m', 'latin1'),
      '\x1b[31mFehler: unzulässig\x1b[0m',
    ],
  ])('is read of %s', (_, bytes, text) => expect(decodeText(bytes, '.txt')).toBe(text));
});
