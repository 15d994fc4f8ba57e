import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createUtf8Decoder } from './utf8-decoder.ts';

/** Decodes pieces of a length. */
function decode(bytes: Buffer, length: number, mayBeWindows = true) {
  const decoder = createUtf8Decoder(mayBeWindows);
  let text = '';
  for (let start = 0; start < bytes.length; start += length)
    text += decoder.decode(bytes.subarray(start, start + length));
  return { text: text + decoder.end(), ...decoder.decoding() };
}

it('reads UTF-8 in pieces of any length as it is, without a byte order mark', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 40 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 3, max: 50 }), fc.boolean(), (text, length, mayBeWindows) => {
      const wanted = text.replace(/^\ufeff/, '');
      expect(decode(Buffer.from(`\ufeff${wanted}`), length, mayBeWindows)).toEqual({
        text: wanted,
        invalidBytes: 0,
        isWindows1252: false,
      });
    }),
  );
});

it('reads what is no UTF-8 and has no character of it as windows-1252, in pieces of any length', () => {
  const bytes = Buffer.concat([
    Buffer.from('Server,M'),
    Buffer.from([0xfc]),
    Buffer.from('nchen '),
    Buffer.from([0x80, 0x96, 0xe9]),
  ]);
  for (const length of [1, 2, 3, 7, 100]) {
    expect(decode(bytes, length)).toEqual({ text: 'Server,München €–é', invalidBytes: 0, isWindows1252: true });
  }
});

it('counts the bytes that are no UTF-8 where the rest is', () => {
  const bytes = Buffer.concat([
    Buffer.from('ü '),
    Buffer.from([0xff, 0xfc]),
    Buffer.from(' \ufffd é'),
    Buffer.from([0xe9]),
  ]);
  for (const length of [4, 100]) expect(decode(bytes, length)).toMatchObject({ isWindows1252: false, invalidBytes: 3 });
  expect(decode(Buffer.from([0x41, 0xfc]), 10, false)).toEqual({
    text: 'A\ufffd',
    invalidBytes: 1,
    isWindows1252: false,
  });
});
