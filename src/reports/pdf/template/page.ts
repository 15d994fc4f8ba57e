/** The look of pages and of what all blocks share. */
export const PAGE = `
#let data = json("report.json")
#let accent = rgb(data.accent)
#let ink = rgb("#1a1a1a")
#let soft = rgb("#4d4d4d")
#let hair = rgb("#c8ccd2")
#let panel = rgb("#f4f5f7")
#let warn = rgb("#8a3700")

#set document(
  title: data.title,
  author: if data.organisation == none { () } else { data.organisation },
  date: datetime(..data.date),
)
#set text(font: "DejaVu Sans", stretch: 90%, size: 8.5pt, lang: data.language, fill: ink)
#set par(leading: 0.6em, spacing: 0.85em)
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 21mm, bottom: 19mm),
  header-ascent: 35%,
  header: {
    set text(size: 7.5pt, fill: soft)
    grid(
      columns: (1fr, auto, 1fr),
      align: (left, center, right),
      text(if data.organisation == none { data.cover.title } else { data.organisation }),
      if data.cover.classification != none {
        text(weight: "bold", fill: ink, size: 8.5pt, tracking: 0.04em, data.cover.classification)
      },
      text(data.cover.scope),
    )
  },
  footer: context {
    set text(size: 7.5pt, fill: soft)
    grid(
      columns: (1fr, auto),
      text(data.id),
      text(data.words.page + " " + str(counter(page).get().first()) + " " + data.words.of + " " + str(counter(page).final().first())),
    )
  },
)
#set list(indent: 0pt, body-indent: 0.5em, spacing: 0.6em)
#set enum(indent: 0pt, body-indent: 0.5em, spacing: 0.6em)
#set heading(numbering: none)
#show heading.where(level: 1): it => block(
  width: 100%, above: 1.8em, below: 1em, sticky: true, inset: (bottom: 4pt), stroke: (bottom: 2pt + accent),
  text(size: 15pt, weight: "bold", it.body),
)
#show heading.where(level: 2): it => block(above: 1.6em, below: 0.8em, sticky: true, text(size: 10.5pt, weight: "bold", it.body))
#show heading.where(level: 3): it => block(above: 1.2em, below: 0.6em, sticky: true, text(size: 9pt, weight: "bold", it.body))
#show link: set text(fill: rgb("#0b4a8f"))
`;
