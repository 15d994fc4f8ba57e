/** A function for each kind of block. */
export const BLOCKS = String.raw`
#let show-paragraph(b) = {
  let body = line-of(b.text)
  if b.tone == "lead" { block(above: 0.9em, below: 0.9em, text(size: 12pt, weight: "bold", body)) }
  else if b.at("sticky", default: false) { block(sticky: true, body) }
  else if b.tone == "note" { par(text(fill: soft, size: 0.92em, body)) }
  else if b.tone == "warning" { par(text(fill: warn, weight: "bold", body)) }
  else { par(body) }
}

#let show-prose(b, depth) = {
  if b.label != none { heading(level: depth, outlined: false, text(b.label)) }
  set text(lang: b.language)
  let sentences = b.sentences.map(s => {
    if b.mark != "" {
      box(stroke: 0.5pt + soft, radius: 1.5pt, inset: (x: 2pt), outset: (y: 1.2pt), text(size: 0.72em, weight: "bold", fill: soft, b.mark))
      text("\u{a0}")
    }
    pieces(s.t)
    if s.cites.len() > 0 { text(size: 0.78em, fill: soft, "\u{a0}[" + s.cites.join(", ") + "]") }
  }).join(text(" "))
  if b.mark == "" { par(sentences) } else {
    block(width: 100%, fill: panel, inset: 7pt, stroke: (left: (paint: soft, thickness: 1.5pt, dash: "dotted")), par(sentences))
  }
}

#let show-list(b) = if b.ordered { enum(..b.items.map(line-of)) } else { list(..b.items.map(line-of)) }

#let fact-grid(items) = grid(
  columns: (30%, 1fr),
  row-gutter: 0pt,
  inset: (x: 2pt, y: 3.2pt),
  stroke: (x: none, y: 0.4pt + hair),
  ..items.map(f => (text(fill: soft, f.term), line-of(f.value))).flatten(),
)

// The first rows stay together, and with the heading above them.
#let show-facts(items) = {
  block(breakable: false, below: 0pt, fact-grid(items.slice(0, calc.min(8, items.len()))))
  if items.len() > 8 { block(above: 0pt, fact-grid(items.slice(8))) }
}

// What is to be done and how sure that is are the longest: they have the whole width.
#let show-answers(b, depth) = grid(
  columns: (1fr, 1fr),
  gutter: 7pt,
  ..b.items.enumerate().map(((index, item)) => grid.cell(
    colspan: if index == 0 or index == 3 { 2 } else { 1 },
    fill: panel,
    stroke: (left: 3pt + accent),
    inset: (x: 9pt, top: 8pt, bottom: 9pt),
    {
      show heading: it => block(above: 0pt, below: 0.8em, text(size: 9.5pt, weight: "bold", it.body))
      heading(level: depth, outlined: false, text(item.question))
      list(..item.answer.map(line-of))
    },
  )),
)

#let show-counts(b) = block(above: 1.2em, below: 1.2em, grid(
  columns: b.items.map(_ => 1fr),
  gutter: 7pt,
  ..b.items.map(item => grid.cell(
    stroke: 0.6pt + hair, inset: 8pt, align: horizon,
    { text(size: 17pt, weight: "bold", item.shown); h(7pt); level-label(item.level, item.word) },
  )),
))

#let caption-of(caption) = block(above: 1.2em, below: 0.6em, sticky: true, text(weight: "bold", caption))

#let show-table(b) = {
  let count = b.weights.len()
  if b.caption != "" { caption-of(b.caption) }
  {
    set text(size: 0.88em, hyphenate: true)
    set par(leading: 0.5em)
    set table.cell(breakable: not b.whole)
    table(
      columns: b.weights.map(weight => weight * 1fr),
      align: (x, _) => if b.ends.at(x) { end } else { start },
      inset: (x: 3.5pt, y: 0.45em),
      stroke: (x: none, y: 0.4pt + hair),
      fill: (_, y) => if y == 0 { panel },
      table.header(repeat: true, ..b.titles.map(title => strong(text(title)))),
      ..b.cells.enumerate().map(((index, cell)) => {
        let body = line-of(cell)
        if b.headed and calc.rem(index, count) == 0 { text(weight: "bold", body) } else { body }
      }),
    )
  }
  if b.note != none { par(text(fill: soft, size: 0.92em, b.note)) }
}

#let show-figure(b) = block(above: 1em, below: 1em, breakable: false, image(b.file, alt: b.alt, width: b.width * 1pt))

#let heat-field(b, field) = if field.level == none {
  table.cell(fill: panel, [])
} else {
  let style = data.levels.at(field.level)
  table.cell(fill: rgb(style.fill), {
    set text(fill: rgb(style.text))
    text(size: 14pt, weight: "bold", field.shown)
    linebreak()
    text(size: 7.5pt, style.mark + "\u{a0}" + b.words.at(field.level))
  })
}

#let show-heat(b) = block(breakable: false, above: 1em, below: 1.2em, {
  caption-of(b.caption)
  text(size: 8pt, fill: soft, b.y)
  v(4pt, weak: true)
  table(
    columns: (22pt, ..range(5).map(_ => 1fr)),
    rows: (..range(5).map(_ => 38pt), 18pt),
    align: center + horizon,
    stroke: 1.2pt + white,
    ..b.rows.map(row => (strong(str(row.likelihood)), ..row.fields.map(field => heat-field(b, field)))).flatten(),
    [], ..range(1, 6).map(impact => strong(str(impact))),
  )
  v(4pt, weak: true)
  align(end, text(size: 8pt, fill: soft, b.x))
})

#let show-block(b, depth) = {
  if b.kind == "paragraph" { show-paragraph(b) }
  else if b.kind == "prose" { show-prose(b, depth) }
  else if b.kind == "list" { show-list(b) }
  else if b.kind == "facts" { show-facts(b.items) }
  else if b.kind == "answers" { show-answers(b, depth) }
  else if b.kind == "counts" { show-counts(b) }
  else if b.kind == "table" { show-table(b) }
  else if b.kind == "figure" { show-figure(b) }
  else if b.kind == "heat" { show-heat(b) }
  else {
    [#heading(level: depth, line-of(b.title))#label(b.id)]
    for inner in b.blocks { show-block(inner, depth + 1) }
  }
}
`;
