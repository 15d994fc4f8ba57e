import { describe, expect, it } from 'vitest';
import type { FoundPassage } from '../ports/knowledge-index.ts';
import { type ContextSubject, createContextFinder } from './context-of-finding.ts';

const passage = (id: string, text: string, over: Partial<FoundPassage> = {}): FoundPassage => ({
  id,
  ordinal: 0,
  page: 2,
  section: 'Controls',
  text,
  ids: [],
  document: {
    ...{ id: 'd', path: `/docs/${id}.md`, title: id, type: 'markdown', pages: null, hash: '', date: null, fields: {} },
  },
  bm25: 1,
  similarity: null,
  ...over,
});
const subject = (vendor: string, product: string): ContextSubject => ({
  vulnerabilityId: 'CVE-2024-0001',
  affected: [{ vendor, product, versions: null }],
});

/** A store whose search brings what it holds. */
function storeOf(passages: readonly FoundPassage[]) {
  const asked: string[][] = [];
  const find = createContextFinder({
    search({ words, ids }) {
      asked.push([...words, ...ids]);
      return passages.filter((one) => (ids.length > 0 ? one.ids.some((id) => ids.includes(id)) : true));
    },
  });
  return { find: (of: ContextSubject) => find(of).map(({ title }) => title), whole: find, asked };
}

describe('what the documents say of a finding', () => {
  it('names the passages that name its id before those that name its product', () => {
    const { find, whole } = storeOf([
      passage('product', 'The Spring Cloud Gateway runs behind a WAF.', { bm25: 9 }),
      passage('id', 'Accepted until June.', { ids: ['CVE-2024-0001'], bm25: null }),
    ]);
    expect(find(subject('vmware', 'spring_cloud_gateway'))).toEqual(['id', 'product']);
    expect(whole(subject('vmware', 'spring_cloud_gateway'))[1]).toEqual({
      document: '/docs/product.md',
      title: 'product',
      page: 2,
      section: 'Controls',
      text: 'The Spring Cloud Gateway runs behind a WAF.',
    });
  });

  it('knows a product by the name that CISA lists it under', () => {
    const { find } = storeOf([
      passage('log4j2', 'Apache Log4j2 is removed from all servers.'),
      passage('other', 'Multiple products are in use.'),
    ]);
    const log4j = subject('apache', 'log4j');
    expect(find(log4j)).toEqual([]);
    expect(find({ ...log4j, listedAs: { vendor: 'Apache', product: 'Log4j2' } })).toEqual(['log4j2']);
    expect(find({ ...log4j, listedAs: { vendor: 'Apache', product: 'Multiple Products' } })).toEqual([]);
  });

  it('quotes what stands on one page, with that page', () => {
    const [one, two] = ['Accepted risks of this year are listed here.', 'CVE-2024-0001 is accepted until June.'];
    const pages = [
      { at: 0, page: 2 },
      { at: one.length + 1, page: 3 },
    ];
    const { whole } = storeOf([passage('id', `${one}\n${two}`, { ids: ['CVE-2024-0001'], pages })]);
    expect(whole(subject('vmware', 'spring'))).toMatchObject([{ page: 3, text: two }]);
  });

  it('takes one plain word for a product only where its vendor is named, too', () => {
    const plating = [passage('plating', 'Chrome plating is done in hall 3.')];
    expect(storeOf(plating).find(subject('google', 'chrome'))).toEqual([]);
    const browser = [passage('browser', 'Google Chrome is updated by IT.')];
    expect(storeOf(browser).find(subject('google', 'chrome'))).toEqual(['browser']);
    expect(storeOf([passage('l', 'We use log4j in billing.')]).find(subject('apache', 'log4j'))).toEqual(['l']);
    expect(storeOf([passage('l', 'Catalog4json is ours.')]).find(subject('apache', 'log4j'))).toEqual([]);
  });

  it('takes two passages at most, and asks once for a product', () => {
    const many = ['a', 'b', 'c'].map((id) => passage(id, 'Apache Struts is used.'));
    const { find, asked } = storeOf(many);
    expect(find(subject('apache', 'struts'))).toEqual(['a', 'b']);
    find(subject('apache', 'struts'));
    expect(asked.filter(([word]) => word === 'struts')).toHaveLength(1);
  });
});
