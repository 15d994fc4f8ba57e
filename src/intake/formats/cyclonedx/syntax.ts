import { at, firstText, listAt, listOf } from '../../reports/values.ts';

/** What differs between CycloneDX in JSON and in XML. */
export interface Syntax {
  /** The place of the document, and of what it is about. */
  readonly root: string;
  readonly subject: string;
  /** A list, which XML writes as an element around its entries. */
  list(parent: unknown, plural: string, singular: string): readonly unknown[];
  /** The place of an entry of a list. */
  place(parent: string, plural: string, singular: string, index: number): string;
  /** What a component is referred to by. */
  ref(component: unknown): string | null;
}

export const JSON_SYNTAX: Syntax = {
  root: '',
  subject: '/metadata/component',
  list: (parent, plural) => {
    const list = at(parent, plural);
    return Array.isArray(list) ? list : [];
  },
  place: (parent, plural, _singular, index) => `${parent}/${plural}/${index}`,
  ref: (component) => firstText(at(component, 'bom-ref')),
};

export const XML_SYNTAX: Syntax = {
  root: 'bom',
  subject: 'bom/metadata/component',
  list: (parent, plural, singular) => listOf(at(parent, plural)).flatMap((around) => listAt(around, singular)),
  place: (parent, plural, singular, index) => `${parent}/${plural}/${singular}[${index + 1}]`,
  ref: (component) => firstText(at(component, '@bom-ref')),
};
