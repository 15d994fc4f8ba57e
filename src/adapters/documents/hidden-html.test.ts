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
    'font-size: 1px',
    'font-size: .5pt',
    'opacity: 0',
    'opacity: 0.0',
    'color: transparent',
    'color: rgba(10, 10, 10, 0)',
    'color: white',
    'color: #FFF',
    'color: rgb(255, 255, 255)',
    'color: #abc; background: #AABBCC',
    'color: #003366; background-color: rgb(0, 51, 102)',
    'position: absolute; left: -9999px',
    'position: fixed; top: -1000em',
    'text-indent: -9999px',
    'width: 0; height: 0; overflow: hidden',
    'width: 1px; height: 1px; overflow: hidden',
    'position: absolute; clip: rect(0, 0, 0, 0)',
    'clip: rect(1px 1px 1px 1px)',
    'clip-path: inset(50%)',
  ])('is not read where its style says %s', (style) =>
    expect(read(`<p>Seen.</p><div style="${style}">Not <b>seen</b>.</div><p>Seen, too.</p>`)).toBe('Seen. Seen, too.'),
  );

  it.each([
    'display: block',
    'visibility: visible',
    'font-size: 0.9em',
    'font-size: 10px',
    'font-size: 1.5px',
    'x-display: none',
    'content: "display"',
    'opacity: 0.5',
    'color: white; background: #003366',
    'color: #fff; background: url(night.png)',
    'color: whitesmoke',
    'left: -9999px',
    'position: absolute; left: -10px',
    'text-indent: -2em',
    'height: 0; overflow: visible',
    'width: 100px; overflow: hidden',
    'clip: rect(0, 100px, 20px, 0)',
  ])('is read where its style says %s', (style) => expect(read(`<p style='${style}'>Seen.</p>`)).toBe('Seen.'));

  it.each([
    ['<div style="background:#036"><p style="color:white">Seen.</p></div>'],
    ['<div style="color:white"><p style="background:#036">Seen.</p></div>'],
    ['<div style="color:white">No.<p style="color:red">Seen.</p>No.</div>'],
    ['<body bgcolor="black" text="white"><p>Seen.</p><p style="color:#000">No.</p>'],
    ['<table><tr bgcolor="#003366"><td style="color:white">Seen.</table>'],
    ['<p>Seen.</p><font color="#ffffff">No.</font>'],
    ['<p>Seen.</p><dialog>No.</dialog>'],
    ['<dialog open>Seen.</dialog>'],
    ['<link rel="stylesheet" href="a.css"><p style="color:white">Seen.</p>'],
    ['<style>.dark{background:black}</style><p class="dark" style="color:white">Seen.</p>'],
  ])('is what has the colour of what is behind it, as far as that is told: %s', (html) =>
    expect(read(html)).toBe('Seen.'),
  );

  it.each([
    ['.x { display: none }', '<p class="a x">No</p>'],
    ['#x{visibility:hidden}', '<p id="x">No</p>'],
    ['ASIDE { display:none }', '<aside>No</aside>'],
    ['p.y, p.x { color: red; font-size: 0 }', '<p class="x">No</p>'],
    ['@import "a.css"; .x { display: none }', '<p class="x">No</p>'],
    ['/* } */ .x { display: none }', '<p class="x">No</p>'],
    ['.x { opacity: 0 }', '<p class="x">No</p>'],
    ['.x { color: #fff; background: #fff }', '<p class="x">No</p>'],
    ['.x { position: absolute; left: -9999px }', '<p class="x">No</p>'],
  ])('is not read where a rule says so: %s', (css, hidden) => {
    expect(read(`<style>${css}</style><p>Seen.</p>${hidden}`)).toBe('Seen.');
    expect(read(`<p>Seen.</p>${hidden}<style>${css}</style>`)).toBe('Seen.');
  });

  it.each([
    '@media print { .x { display: none } }',
    '.x { display: none } .x { display: block }',
    '.y { display: none }',
    '.x { color: red }',
    '.x { color: white }',
    '.x { color: #fff; background: #fff } .x { color: #000 }',
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
