import { describe, expect, it } from 'vitest';
import { readHtml } from './read-html.ts';

const read = (html: string) =>
  readHtml(html)
    .blocks.map(({ text }) => text)
    .join(' ');

describe('what HTML hides', () => {
  it.each([
    'display:none',
    'DISPLAY : None ;',
    'color: red; display:none!important',
    'visibility: hidden',
    'font-size:0',
    'margin: 0;font-size: 0px',
    '/* a */ display: /* b */ none',
  ])('is not read where its style says %s', (style) =>
    expect(read(`<p>Seen.</p><div style="${style}">Not <b>seen</b>.</div><p>Seen, too.</p>`)).toBe('Seen. Seen, too.'),
  );

  it.each(['display: block', 'visibility: visible', 'font-size: 0.9em', 'x-display: none', 'content: "display"'])(
    'is read where its style says %s',
    (style) => expect(read(`<p style='${style}'>Seen.</p>`)).toBe('Seen.'),
  );

  it.each([
    ['.x { display: none }', '<p class="a x">No</p>'],
    ['#x{visibility:hidden}', '<p id="x">No</p>'],
    ['ASIDE { display:none }', '<aside>No</aside>'],
    ['p.y, p.x { color: red; font-size: 0 }', '<p class="x">No</p>'],
    ['@import "a.css"; .x { display: none }', '<p class="x">No</p>'],
    ['/* } */ .x { display: none }', '<p class="x">No</p>'],
  ])('is not read where a rule says so: %s', (css, hidden) => {
    expect(read(`<style>${css}</style><p>Seen.</p>${hidden}`)).toBe('Seen.');
    expect(read(`<p>Seen.</p>${hidden}<style>${css}</style>`)).toBe('Seen.');
  });

  it.each([
    '@media print { .x { display: none } }',
    '.x { display: none } .x { display: block }',
    '.y { display: none }',
    '.x { color: red }',
    'div .x { display: none }',
    '.x::before { display: none }',
  ])('is read where no plain rule hides it: %s', (css) =>
    expect(read(`<style>${css}</style><p class="x">Seen.</p>`)).toBe('Seen.'),
  );

  it('is read where the whole page is hidden until a script has run', () =>
    expect(read('<style>body{display:none}</style><body style="visibility:hidden"><p>Seen.</p></body>')).toBe('Seen.'));

  it('is read where only readers of screens pass over it', () =>
    expect(read('<p aria-hidden="true">Seen.</p>')).toBe('Seen.'));

  it('takes no longer for hostile style sheets', () => {
    for (const css of ['@'.repeat(1e6), '{'.repeat(1e6), 'a'.repeat(1e6), '/*'.repeat(5e5), 'p{display:'.repeat(1e5)])
      expect(read(`<style>${css}</style><p>Seen.</p>`)).toBe('Seen.');
  }, 5000);
});
