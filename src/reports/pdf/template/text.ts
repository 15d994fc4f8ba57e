/** Lines of text. All words come through \`text\`: a string is shown, never read as markup. */
export const TEXT = String.raw`
#let pieces(t) = if type(t) == str { text(t) } else { t.map(piece => text(piece)).join(h(0pt)) }

#let level-label(level, word) = {
  let style = data.levels.at(level)
  box(
    fill: rgb(style.fill), radius: 2pt, inset: (x: 3pt), outset: (y: 2.2pt), stroke: 0.4pt + ink,
    text(fill: rgb(style.text), weight: "bold", size: 0.92em, style.mark + "\u{a0}" + word),
  )
}

#let run(r) = {
  let style = r.at("s", default: none)
  let body = if style == "strong" { strong(pieces(r.t)) } else if style == "code" {
    text(font: "DejaVu Sans Mono", stretch: 100%, size: 0.94em, pieces(r.t))
  } else if style == "muted" { text(fill: soft, pieces(r.t)) } else { pieces(r.t) }
  if "l" in r { level-label(r.l, r.t) } else if "h" in r { link(r.h, body) } else if "g" in r {
    link(label(r.g), body)
  } else { body }
}

#let line-of(t) = if type(t) == str { text(t) } else { t.map(run).join() }
`;
