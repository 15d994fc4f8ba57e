import { describe, expect, it } from 'vitest';
import { headingsOf, layoutOf, paragraphsOf, withoutLayout } from './page-layout.ts';

const LONG = 'A line of a paragraph that is about as long as the lines of this page are wide in the middle of it';
const headings = (lines: readonly string[]) => {
  const paragraphs = paragraphsOf(lines);
  return [...headingsOf(paragraphs)].map((place) => paragraphs[place]);
};

describe('headings of a page', () => {
  it('are numbered lines after a title, a paragraph, or one another, however short', () => {
    const lines = ['Network Standard', '1 Segmentation', `${LONG} and`, 'ends here.', '7 OT', `${LONG}.`, '7.1 Plants'];
    expect(headings(lines)).toEqual(['1 Segmentation', '7 OT', '7.1 Plants']);
  });

  it('are no lines in the middle of a sentence', () => {
    expect(paragraphsOf([`${LONG} within`, '5 Days of their release and'])).toHaveLength(1);
  });

  it('are no notes at the foot of the page', () => {
    const lines = [`${LONG}.`, '1 Example: A Special of Cats and Dogs', '2 Another: Of Mice and Men'];
    expect(headings(lines)).toEqual([]);
  });
});

describe('heads that change with the chapter', () => {
  const page = (head: string, number: number) => [`${head} ${number}`, '1.1 Scope', LONG, LONG, `${LONG}.`];
  const pages = [
    page('CHAPTER 1. ONE', 5),
    page('CHAPTER 1. ONE', 6),
    page('CHAPTER 2. TWO', 7),
    page('CHAPTER 2. TWO', 8),
  ];

  it('are left out where their numbers count the pages', () => {
    const layout = layoutOf(pages);
    expect(pages.map((lines, index) => withoutLayout(lines, layout, index + 1)[0])).toEqual(
      pages.map(() => '1.1 Scope'),
    );
  });

  it.each(['Finding', ''])('are no headings with the number of their page: %s', (word) => {
    const numbered = ['1 Login is open to all', '2 Search leaks passwords', '3 Upload runs code', '4 Mail is open'].map(
      (line, index) => [
        word === '' ? line : `${word} ${index + 1}`,
        `${line} ${LONG}`,
        LONG.slice(index),
        `${LONG.slice(2 * index)} ${line}.`,
      ],
    );
    const layout = layoutOf(numbered);
    expect(numbered.map((lines, index) => withoutLayout(lines, layout, index + 1))).toEqual(numbered);
  });

  it('are text where the number is another', () => {
    const layout = layoutOf(pages);
    expect(withoutLayout(['CHAPTER 3. OF 1999', LONG, `${LONG}.`], layout, 3)[0]).toBe('CHAPTER 3. OF 1999');
  });
});
