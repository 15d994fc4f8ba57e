import { describe, expect, it } from 'vitest';
import { sectionText } from '../../../test/support/document-text.ts';
import { exampleDocument, exampleFinding } from '../../../test/support/report-input.ts';
import { contrastRatio } from './contrast.ts';
import { parseLogo } from './parse-logo.ts';
import { hiddenSections, parseTemplate } from './parse-template.ts';
import { DEFAULT_ACCENT, DEFAULT_TEMPLATE } from './template.ts';

const reasonOf = (value: unknown): string => {
  const parsed = parseTemplate(value);
  return parsed.ok ? 'ok' : parsed.error;
};

describe('a template', () => {
  it('may be empty, and may name what it shows', () => {
    expect(reasonOf(null)).toBe('ok');
    expect(
      reasonOf({ title: 'T', organisation: 'O', classification: 'TLP:AMBER', accent: '#7a0000', lang: 'de' }),
    ).toBe('ok');
    const parsed = parseTemplate({ sections: { money: false, threat: true } });
    expect(parsed.ok && hiddenSections(parsed.value)).toEqual(['money']);
  });

  it.each([
    [{ colour: '#000000' }, /Unrecognized key: "colour"/],
    [{ accent: 'red' }, /accent: is no colour/],
    [{ accent: '#000000;}body{display:none' }, /accent: is no colour/],
    [{ accent: '#ffd400' }, /accent: white text on #ffd400 has a contrast of 1\.4 : 1/],
    [{ lang: 'fr' }, /^lang: /],
    [{ sections: { gaps: false } }, /sections\.gaps: cannot be turned off/],
    [{ sections: { nothing: true } }, /^sections/],
    [{ title: '' }, /^title: /],
    ['a text', /the template: /],
  ])('refuses %j', (value, reason) => {
    expect(reasonOf(value)).toMatch(reason);
  });

  it('leaves out sections and says so, but never what a reader must see', async () => {
    const template = { ...DEFAULT_TEMPLATE, hidden: ['money', 'gaps'] as const, classification: 'TLP:AMBER' };
    const document = await exampleDocument([exampleFinding()], { template });
    expect(sectionText(document, 'money')).toBe('');
    expect(sectionText(document, 'gaps')).not.toBe('');
    expect(document.cover.notes.at(-1)).toBe("Left out by the report's template: Expected loss.");
    expect(document.cover.classification).toBe('TLP:AMBER');
  });
});

describe('a logo', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const base64 = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const png = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

  it('is recognised by its content', () => {
    expect(parseLogo(png, 'x')).toMatchObject({ ok: true, value: { mediaType: 'image/png' } });
    const svg = '<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>';
    expect(parseLogo(bytes(svg), 'x')).toMatchObject({ ok: true, value: { mediaType: 'image/svg+xml' } });
    expect(parseLogo(bytes('GIF89a'), 'x')).toMatchObject({ ok: false });
    expect(parseLogo(new Uint8Array(300_000), 'x')).toMatchObject({ ok: false });
  });

  it.each([
    ['cut off', png.subarray(0, 50)],
    ['only a signature', png.subarray(0, 8)],
    ['without data', Uint8Array.from([...png.subarray(0, 33), ...png.subarray(-12)])],
    ['without a width', png.map((byte, index) => (index >= 16 && index < 20 ? 0 : byte))],
    ['wider than anything', png.map((byte, index) => (index === 17 ? 0xff : byte))],
    ['with a chunk that reaches past the end', png.map((byte, index) => (index === 33 ? 0xff : byte))],
  ])('refuses a PNG %s', (_, broken) => {
    expect(parseLogo(broken, 'x')).toMatchObject({ ok: false });
  });

  it.each([
    '<svg><script>1</script></svg>',
    '<svg onload="x()"></svg>',
    '<svg><image href="https://evil.example/x.png"/></svg>',
    "<svg><image xlink:href='file:///etc/passwd'/></svg>",
    '<svg><rect fill="url(https://evil.example)"/></svg>',
    '<svg><style>@import "x";</style></svg>',
    '<svg><foreignObject/></svg>',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
  ])('refuses %s', (svg) => {
    expect(parseLogo(bytes(svg), 'x')).toMatchObject({ ok: false });
  });
});

describe('contrast', () => {
  it('is that of WCAG 2.2', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrastRatio('#ffffff', '#ffffff')).toBe(1);
    expect(contrastRatio(DEFAULT_ACCENT, '#ffffff')).toBeGreaterThan(10);
  });
});
