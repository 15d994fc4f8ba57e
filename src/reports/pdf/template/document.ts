import { BLOCKS } from './blocks.ts';
import { PAGE } from './page.ts';
import { TEXT } from './text.ts';

/**
 * The order of things: page one is the summary under the title; what the report rests on and the contents follow. The register, the longest part, begins a page
 * of its own: such runs of pages are typeset side by side. Contents that fill up later move nothing behind them, which took a third of the time.
 */
const BODY = `
#let band = block(width: 100%, fill: accent, radius: 3pt, inset: (x: 12pt, y: 11pt), below: 0.6em, grid(
  columns: (1fr, auto),
  gutter: 10pt,
  align: horizon,
  {
    set text(fill: white)
    show title: it => block(above: 0pt, below: 0.7em, text(size: 18pt, weight: "bold", it.body))
    title(text(data.cover.title))
    text(size: 10pt, data.cover.scope)
  },
  if data.logo != none {
    box(fill: white, inset: 5pt, radius: 2pt, image(data.logo.file, alt: data.logo.alt, height: 34pt, fit: "contain"))
  },
))

#let show-section(section) = {
  [#heading(level: 1, text(section.title))#label("section-" + section.id)]
  for b in section.blocks { show-block(b, 2) }
}

// Page one is one page: its words become smaller, down to 7 points, where there are many of them.
#context {
  let page-one = { band; show-section(data.sections.first()) }
  let fits(size) = measure(width: 174mm, { set text(size: size); page-one }).height <= 250mm
  let size = (8.5pt, 8pt, 7.5pt, 7pt).find(fits)
  set text(size: if size == none { 7pt } else { size })
  page-one
}
#pagebreak()
#show-facts(data.cover.facts)
#show-block(data.cover.dates, 2)
#for note in data.cover.notes { par(text(fill: soft, size: 0.92em, note)) }
#v(0.8em)
#block(below: 0.8em, text(size: 13pt, weight: "bold", data.words.contents))
#outline(title: none, depth: 1)
#pagebreak()
#for section in data.sections.slice(1) {
  if section.id == "register" { pagebreak(weak: true) }
  show-section(section)
}
`;

/** The whole template. */
export const TEMPLATE = `${PAGE}${TEXT}${BLOCKS}${BODY}`;
