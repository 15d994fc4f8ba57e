import { describe, expect, it } from 'vitest';
import { answerByQuoting } from '../../knowledge/answer.ts';
import { findIdsIn } from '../../knowledge/find-ids-in.ts';
import type { RankedPassage } from '../../knowledge/retrieve.ts';
import { besideDocuments } from './beside-documents.ts';

const passage = (title: string, text: string, score: number): RankedPassage => ({
  ...{ id: title, ordinal: 0, page: null, section: null, text, ids: findIdsIn(text), bm25: 1, similarity: null },
  ...{ score, share: 1, why: [] },
  document: { id: title, path: title, title, type: 'text', pages: null, hash: '', date: null, fields: {} },
});
const QUESTION = 'What did we do about CVE-2021-44228?';
const KNOWN = ['NVD', 'KEV', 'EPSS', 'SSVC', 'CVSS'].map((name) => passage(name, `CVE-2021-44228: ${name}.`, 1));
const OWN = passage('Incidents', 'CVE-2021-44228 was mitigated on all servers.', 0.8);
const OTHER = passage('Else', 'Servers are patched.', 0.3);

describe('documents beside the intelligence', () => {
  it('puts what the company has written of the id first, and quotes it', () => {
    const passages = besideDocuments(QUESTION, [OWN, OTHER], KNOWN, 5);
    expect(passages.map(({ id }) => id)).toEqual(['Incidents', 'NVD', 'KEV', 'EPSS', 'SSVC']);
    expect(passages.map(({ score }) => score)).toEqual([0.8, 0.8, 0.8, 0.8, 0.8]);
    expect(answerByQuoting(QUESTION, passages).answer).toContain('mitigated on all servers');
  });

  it('gives documents half of the places, and the intelligence the rest', () => {
    const many = Array.from({ length: 9 }, (_, place) => passage(`own ${place}`, OWN.text, 0.9 - place / 100));
    const ids = besideDocuments(QUESTION, many, KNOWN, 4).map(({ id }) => id);
    expect(ids).toEqual(['own 0', 'own 1', 'NVD', 'KEV']);
  });

  it('leaves the order by score where no document names the id', () => {
    const ids = besideDocuments(QUESTION, [OTHER], KNOWN, 6).map(({ id }) => id);
    expect(ids).toEqual(['NVD', 'KEV', 'EPSS', 'SSVC', 'CVSS', 'Else']);
  });
});
