import type { ReportDocument } from '../../src/reports/document/document.ts';

/** What a typesetter, a word processor or a reader's eyes might take for more than words. */
export const HOSTILE_WORDS = [
  '#eval("1+41") #read("/etc/passwd") #include "/etc/passwd" #panic()',
  '$x^2$ *strong* _emph_ `raw` @label <label> = heading \\ // comment /* x */ https://evil.example',
  '#image("/etc/passwd") #link("https://evil.example")[x] #sys.inputs #plugin("x.wasm")',
  '{ HYPERLINK "https://evil.example" } { DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" } { INCLUDETEXT "x" }',
  "=cmd|' /C calc'!A0 +1 -1 @SUM(A1)",
  '</w:t></w:r><w:hyperlink r:id="rId1"/> <script>alert(1)</script> &amp; &#x41; ]]> <!-- {{report}}',
  '[click](javascript:alert(1)) ![x](file:///etc/passwd) <b>bold</b>',
  'half \ud800 surrogate, \ufffe \uffff, control \u0000\u0007\u001b[31m, bidi \u202eabc\u202c \u2066x\u2069',
  '😀👩‍👩‍👧 漢字かな交じり文 한국어 שלום עולם مرحبا بالعالم',
  `word${'x'.repeat(2000)}`,
] as const;

const TEXTS = new Set(['text', 'title', 'term', 'question', 'caption', 'note', 'scope', 'word', 'alt', 'label']);

/** A document with one of the hostile texts behind each text of it, in turn. */
export function hostileDocument(document: ReportDocument): ReportDocument {
  let count = 0;
  const copy = (value: unknown, key: string): unknown => {
    if (typeof value === 'string' && TEXTS.has(key)) {
      count += 1;
      return `${value} ${HOSTILE_WORDS[count % HOSTILE_WORDS.length] ?? ''}`;
    }
    if (Array.isArray(value)) return value.map((item) => copy(item, key));
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value).map(([name, inner]) => [name, name === 'chart' ? inner : copy(inner, name)]);
    return Object.fromEntries(entries);
  };
  return copy(document, '') as ReportDocument;
}
