import { describe, expect, it } from 'vitest';
import { hostileDocument } from '../../../test/support/hostile-document.ts';
import { pdfPages } from '../../../test/support/pdf-pages.ts';
import {
  crowdedFindings,
  EXAMPLE_ASSET,
  EXAMPLE_HEAD,
  EXAMPLE_PORTFOLIO,
  exampleDiff,
  exampleDocument,
  exampleFinding,
  LONG_ACTIONS,
} from '../../../test/support/report-input.ts';
import type { ReportDocument } from '../document/document.ts';
import { DEFAULT_TEMPLATE } from '../document/template.ts';
import { renderPdf } from './render-pdf.ts';

const STAMP = { assessmentId: 'A1', createdAt: EXAMPLE_HEAD.createdAt };
const render = (document: ReportDocument) => renderPdf(document, STAMP);
const rawOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('a report as PDF', () => {
  it('answers the four questions on page one, under its marking, with numbered pages', async () => {
    const template = { ...DEFAULT_TEMPLATE, classification: 'TLP:AMBER', organisation: 'Example Ltd' };
    const document = await exampleDocument([exampleFinding({ asset: EXAMPLE_ASSET })], { template });
    const pages = await pdfPages(await render(document));
    for (const text of ['What must be done', 'Why?', 'What happens if not?', 'How sure is this?', 'due by 2026-03-04'])
      expect(pages[0]).toContain(text);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('TLP:AMBER');
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    }
    expect(pages[1]).toContain('Contents');
    expect(pages.join(' ')).toContain('CVE-2024-1000');
  });

  it('keeps page one to one page however much there is to say', async () => {
    const findings = crowdedFindings(20);
    const text = 'Much is said of it here, and more than that. '.repeat(12);
    const summary = { ...EXAMPLE_HEAD.summary, actions: LONG_ACTIONS, text };
    const head = { ...EXAMPLE_HEAD, summary, portfolio: EXAMPLE_PORTFOLIO };
    const pages = await pdfPages(await render(await exampleDocument(findings, { head })));
    expect(pages[0]).toContain('What must be done');
    expect(pages[0]).toContain('No earlier assessment was given');
    expect(pages[1]).toContain('Contents');
  });

  it('is accessible PDF: tagged, titled, in its language, with an outline and embedded fonts', async () => {
    const raw = rawOf(await render(await exampleDocument([exampleFinding()])));
    expect(raw).toMatch(/^%PDF-1\.7/);
    for (const part of ['/StructTreeRoot', '/Outlines', '/Lang', 'pdfuaid:part', '/DisplayDocTitle true'])
      expect(raw).toContain(part);
    expect(raw).toContain('Vulnerability risk assessment');
    const fonts = raw.match(/\/Type\/FontDescriptor|\/Type \/FontDescriptor/g) ?? [];
    expect(fonts.length).toBeGreaterThan(0);
    expect(raw.match(/\/FontFile[23]/g)).toHaveLength(fonts.length);
  });

  it('leads nowhere but to the NVD and runs nothing', async () => {
    const raw = rawOf(await render(hostileDocument(await exampleDocument([exampleFinding()]))));
    const links = raw.match(/\/URI ?\((?:[^)\\]|\\.)*\)/g) ?? [];
    expect(new Set(links.map((link) => link.replace('/URI ', '/URI')))).toEqual(
      new Set(['/URI(https://nvd.nist.gov/vuln/detail/CVE-2024-1000)']),
    );
    expect(raw).not.toMatch(/\/JavaScript|\/Launch|\/GoToR|\/EmbeddedFile|\/SubmitForm|\/RichMedia/);
  });

  it('shows text from outside as text', async () => {
    const finding = exampleFinding({ title: '#eval("1+41") #read("/etc/passwd") $x^2$ *b* <b>x</b>' });
    const text = (await pdfPages(await render(hostileDocument(await exampleDocument([finding]))))).join(' ');
    expect(text).toContain('#eval("1+41")');
    expect(text).toContain('$x^2$ *strong* _emph_');
    expect(text).toContain('{ HYPERLINK "https://evil.example" }');
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).not.toContain('root:');
    expect(text).not.toMatch(/\b42\b/);
  });

  it('gives the same bytes for the same input', async () => {
    const document = await exampleDocument([exampleFinding()], {
      head: { ...EXAMPLE_HEAD, portfolio: EXAMPLE_PORTFOLIO },
    });
    expect(Buffer.compare(await render(document), await render(document))).toBe(0);
  });

  it('breaks tables over pages and repeats their heads', async () => {
    const many = Array.from({ length: 200 }, (_, n) => exampleFinding({ vulnerabilityId: `CVE-2024-${20_000 + n}` }));
    const limits = { explained: 1, listed: 200, fixes: 5 };
    const pages = await pdfPages(await render(await exampleDocument(many, { limits })));
    const listed = pages.filter((page) => /CVE-2024-201\d\d/.test(page));
    expect(listed.length).toBeGreaterThan(1);
    for (const page of listed) expect(page).toMatch(/Level .*CVSS .*EPSS .*KEV .*CVE-2024-201/);
    expect(pages.join(' ')).toContain('CVE-2024-20199');
  });

  it('keeps the heading of a finding with the first of its facts', async () => {
    const findings = Array.from({ length: 24 }, (_, n) =>
      exampleFinding({
        id: `f${n}`,
        vulnerabilityId: `CVE-2024-${5000 + n}`,
        asset: EXAMPLE_ASSET,
        narrative: { ...exampleFinding().narrative, summary: 'It is said that it is bad. '.repeat((n * 7) % 23) },
      }),
    );
    const pages = await pdfPages(await render(await exampleDocument(findings)));
    const title = exampleFinding().title;
    let seen = 0;
    for (const page of pages) {
      const heading = [...page.matchAll(new RegExp(`CVE-2024-50\\d\\d: ${title}`, 'g'))].at(-1);
      if (heading === undefined) continue;
      seen += 1;
      expect(page.slice(heading.index)).toMatch(/Level .* Due .* Where .* Owner .* SSVC .* CVSS .* EPSS /);
    }
    expect(seen).toBeGreaterThan(10);
  });

  it('takes what is empty, unknown, accepted, changed, German', async () => {
    const german = { ...DEFAULT_TEMPLATE, language: 'de' } as const;
    const none = { ...exampleFinding().risk, likelihood: null, impact: null, score: null, level: null };
    const bare = exampleFinding({
      status: 'not_found',
      risk: none,
      cvss: null,
      epss: null,
      kev: null,
      bod2604: null,
      ssvc: null,
    });
    const acceptance = {
      owner: 'A',
      reason: 'old',
      approver: 'B',
      acceptedAt: '2026-01-01',
      expiresAt: '2026-06-01',
      state: 'active',
    } as const;
    const accepted = exampleFinding({ id: 'other', acceptance });
    const previous = exampleDiff([bare], [bare, accepted]);
    expect(await pdfPages(await render(await exampleDocument([])))).not.toHaveLength(0);
    const pages = await pdfPages(await render(await exampleDocument([bare, accepted], { template: german, previous })));
    expect(pages[0]).toContain('Was ist in den nächsten sieben Tagen zu tun');
    expect(pages.join(' ')).toContain('2026-06-01');
    expect(pages[0]).toContain(`Seite 1 von ${pages.length}`);
  });
});
