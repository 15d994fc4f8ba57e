import { RISK_LEVELS } from '../../domain/assessment/finding-schema.ts';
import { LEVEL_COLORS } from '../charts/level-colors.ts';

/**
 * The report's style: for screens of any width, light and dark, and for paper. `accent` is a checked `#rrggbb` on which white can be read. Text has a
 * contrast of at least 4.5 : 1 on what is behind it (WCAG 2.2, 1.4.3).
 */
export function styleOf(accent: string, marking: string | null): string {
  const levels = RISK_LEVELS.map(
    (level) =>
      `.level.${level.toLowerCase()}{background:${LEVEL_COLORS[level].fill};color:${LEVEL_COLORS[level].text}}`,
  );
  return `${BASE.replaceAll('ACCENT', accent)}${levels.join('\n')}\n${DARK}${NARROW}${pageOf(marking)}${PRINT}`;
}

/** The page of the printed report: its number, and the marking on each. */
function pageOf(marking: string | null): string {
  const top = marking === null ? '' : `@top-center{content:${cssString(marking)};font:bold 9pt sans-serif}`;
  return `@page{size:A4;margin:16mm 14mm;${top}@bottom-right{content:counter(page);font:9pt sans-serif}}\n`;
}

/** A string of CSS in which each character is an escape (CSS Syntax Level 3, section 4.3.7): none can end it. */
function cssString(text: string): string {
  return `"${[...text].map((character) => `\\${(character.codePointAt(0) ?? 0x20).toString(16)} `).join('')}"`;
}

const BASE = `
:root{color-scheme:light dark;--ink:#1a1a1a;--soft:#4d4d4d;--paper:#ffffff;--panel:#f4f5f7;--line:#c8ccd2;--link:#0b4a8f;--accent:ACCENT;--warn:#8a3700}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:3rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
a:focus-visible,button:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px}
.skip:focus{left:.5rem;top:.5rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
.marking{position:sticky;top:0;z-index:1;background:var(--ink);color:var(--paper);text-align:center;font-weight:bold;letter-spacing:.05em;padding:.15rem 1rem}
header,main,footer{max-width:72rem;margin:0 auto;padding:0 1.25rem}
.cover{border-top:1px solid var(--line);margin-top:2rem;padding-top:.5rem}
header .band{background:var(--accent);color:#fff;margin:1rem 0;padding:1.25rem 1.5rem;border-radius:.4rem;display:flex;flex-wrap:wrap;gap:1rem;align-items:center;justify-content:space-between}
header .band h1,header .band p{margin:0}
header .logo{background:#fff;padding:.4rem;border-radius:.25rem;max-height:4.5rem;max-width:14rem}
h1{font-size:1.9rem;line-height:1.2}
h2{font-size:1.45rem;line-height:1.25;margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:3px solid var(--accent)}
h3{font-size:1.1rem;margin:1.5rem 0 .4rem}
h4{font-size:1rem;margin:1rem 0 .2rem}
p{margin:.5rem 0}
.lead{font-size:1.25rem;font-weight:600}
.note,.muted{color:var(--soft);font-size:.9em;font-weight:normal}
.where{display:block}
.tight{white-space:nowrap}
.warning{color:var(--warn);font-weight:600}
nav ol{columns:3 14rem;padding-left:1.5rem;margin:.25rem 0}
nav h2{font-size:1rem;border:0;margin:1rem 0 0}
.answers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:1rem;margin:1rem 0}
.answer{background:var(--panel);border-left:5px solid var(--accent);border-radius:.25rem;padding:.75rem 1rem}
.answer h3{margin:0 0 .35rem}
.answer ul{margin:0;padding-left:1.1rem}
.counts{list-style:none;display:flex;flex-wrap:wrap;gap:.75rem;padding:0;margin:1rem 0}
.counts li{border:1px solid var(--line);border-radius:.25rem;padding:.4rem .9rem;display:flex;align-items:center;gap:.6rem}
.number{font-size:1.6rem;font-weight:700;line-height:1}
.level{display:inline-block;white-space:nowrap;border-radius:.2rem;padding:0 .45em;font-size:.88em;font-weight:600;border:1px solid #00000055;-webkit-print-color-adjust:exact;print-color-adjust:exact}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:.1rem 2rem;margin:.75rem 0}
dl>div{display:grid;grid-template-columns:9rem 1fr;gap:.75rem;padding:.25rem 0;border-bottom:1px solid var(--line)}
dl>.wide{grid-column:1/-1}
dt{color:var(--soft)}
dd{margin:0}
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;overflow-wrap:normal}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line);max-width:26rem;min-width:3.5rem;overflow-wrap:break-word}
thead th{background:var(--panel);border-bottom:2px solid var(--line);white-space:nowrap}
tbody th{font-weight:600}
.end{text-align:right;font-variant-numeric:tabular-nums}
th button{font:inherit;color:var(--soft);background:none;border:0;padding:0 .2em;cursor:pointer}
th button::after{content:"\\2195"}
th[aria-sort=ascending] button::after{content:"\\2191";color:var(--ink)}
th[aria-sort=descending] button::after{content:"\\2193";color:var(--ink)}
figure{margin:1rem 0}
figure img{display:block;max-width:100%;height:auto;background:#fff;border:1px solid var(--line);border-radius:.25rem}
summary{cursor:pointer;color:var(--link)}
article{border-top:1px solid var(--line);margin-top:2rem}
article h3{font-size:1.2rem}
.model{background:var(--panel);border-bottom:1px dotted var(--soft)}
.mark{font-size:.7rem;font-weight:700;text-decoration:none;border:1px solid var(--soft);border-radius:.2rem;padding:0 .25em;color:var(--soft)}
.cites{color:var(--soft);font-size:.7rem;padding-left:.15em}
code{font-family:ui-monospace,"Liberation Mono",monospace;font-size:.9em}
footer{border-top:1px solid var(--line);margin-top:3rem;padding-top:1rem;padding-bottom:2rem;color:var(--soft);font-size:.9rem}
`;

const DARK = `@media (prefers-color-scheme:dark){
:root{--ink:#e8e8e8;--soft:#b4b8be;--paper:#16181c;--panel:#22262c;--line:#474d56;--link:#8ec1ff;--warn:#ffb37a}
.answer,h2{border-color:#8ec1ff}
.level{border-color:#ffffff66}
}
`;

const NARROW = `@media (max-width:40rem){
header,main,footer{padding:0 .8rem}
h1{font-size:1.5rem}
dl{grid-template-columns:1fr}
dl>div{grid-template-columns:1fr;gap:0}
.answers{grid-template-columns:1fr}
figure img{max-width:none}
}
`;

const PRINT = `@media print{
:root{--ink:#000;--soft:#404040;--paper:#fff;--panel:#f4f5f7;--line:#b0b0b0;--link:#000;--warn:#8a3700}
html{font-size:9.5pt}
body{font-size:1rem;line-height:1.35}
header,main,footer{max-width:none;padding:0}
.cover{border:0;margin-top:0}
.skip,details,th button{display:none}
.marking{position:static;background:none;color:#000;padding:0}
header .band,.answer,.counts li,thead th{-webkit-print-color-adjust:exact;print-color-adjust:exact}
header .band{border:1px solid #000}
#summary{break-after:page;font-size:8.5pt;line-height:1.3}
#summary.long{font-size:7.4pt}
#summary.longest{font-size:6.5pt}
h1,h2,h3,h4,caption,dt{break-after:avoid;break-inside:avoid}
p:has(>strong:only-child),p:has(+figure),p:has(+.scroll),p:has(+dl){break-after:avoid}
article{border:0;margin-top:1rem}
.answer,figure,figure .scroll,tr,dl>div{break-inside:avoid}
figure img{max-height:235mm}
.note{break-before:avoid}
h2{margin-top:1.5rem}
.answers{grid-template-columns:1fr 1fr;gap:.5em;margin:.5em 0}
.scroll{overflow:visible}
table{font-size:8pt}
thead th{white-space:normal}
th,td{padding:.2rem .35rem;min-width:0}
a{text-decoration:none}
thead{display:table-header-group}
#summary h2{font-size:1.35em;margin:.4em 0 .3em}
#summary h3{font-size:1.1em;margin:.4em 0 .1em}
#summary .lead{font-size:1.25em;margin:.3em 0}
#summary p,#summary ol{margin:.25em 0}
#summary .answer{padding:.4em .8em}
#summary .answer:first-child,#summary .answer:last-child{grid-column:1/-1}
#summary .counts{margin:.5em 0;gap:.6em}
#summary .counts li{padding:.2em .6em}
#summary .number{font-size:1.3em}
#summary .mark,#summary .cites{font-size:.75em}
#summary .scroll{margin:.4em 0}
#summary table{font-size:.85em}
#summary th,#summary td{padding:.1em .35em}
header .band{margin:0;padding:.6rem 1rem}
header .band h1{font-size:1.5rem}
}
`;
