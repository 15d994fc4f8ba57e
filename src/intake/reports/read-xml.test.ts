import { describe, expect, it } from 'vitest';
import { readXml } from './read-xml.ts';

const bomb = [
  '<!DOCTYPE a [<!ENTITY b0 "lol">',
  ...Array.from({ length: 9 }, (_, n) => `<!ENTITY b${n + 1} "${`&b${n};`.repeat(10)}">`),
  ']><a>&b9;</a>',
];

describe('readXml', () => {
  it.each([
    ['entities that grow', bomb.join('\n'), 'defines XML entities'],
    ['external entities', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'defines XML entities'],
    [
      'entities behind a comment',
      '<!DOCTYPE a [<!-- <![CDATA[ --><!ENTITY x "y">]><a>&x;<![CDATA[ ]]></a>',
      'defines XML entities',
    ],
    [
      'entities behind a text that looks like CDATA',
      '<!DOCTYPE a [<!ELEMENT b "<![CDATA["><!ENTITY x "y">]><a>&x;]]></a>',
      'defines XML entities',
    ],
    ['100,000 elements in one another', '<a>'.repeat(1e5) + '</a>'.repeat(1e5), 'nested too deeply'],
    ['a cut document', '<a><b>text</b><c', 'is it whole'],
    ['elements never closed', '<a>'.repeat(1e5), 'is it whole'],
    ['names of the language', '<a><__proto__>1</__proto__></a>', 'cannot be read as XML'],
  ])('refuses %s with one line', (_, text, problem) => {
    expect(() => readXml('f.xml', text)).toThrow(new RegExp(`^f\\.xml [^\\n]*${problem}[^\\n]*$`));
  });

  it('reads a document type without entities, and attacks that are quoted', () => {
    expect(readXml('f', '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a>1</a>')).toEqual({ a: '1' });
    expect(readXml('f', '<a><![CDATA[<!DOCTYPE x [<!ENTITY y "z">]>]]></a>')).toEqual({
      a: '<!DOCTYPE x [<!ENTITY y "z">]>',
    });
  });

  it('reads 10 MB on one line, and a million entities of the standard', () => {
    expect(readXml('f', `<a b="1">${'x'.repeat(10e6)}</a>`)).toMatchObject({ a: { '@b': '1' } });
    const { a } = readXml('f', `<a>${'&lt;&#10;'.repeat(5e5)}</a>`) as { a: string };
    expect(a.startsWith('<')).toBe(true);
  });
});
