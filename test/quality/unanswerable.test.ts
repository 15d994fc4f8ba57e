import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readMarkdown } from '../../src/adapters/documents/read-markdown.ts';
import { openMemoryDatabase } from '../../src/adapters/sqlite/database.ts';
import { createSqliteKnowledgeIndex } from '../../src/adapters/sqlite/knowledge-index.ts';
import { answerByQuoting, DECIDING } from '../../src/knowledge/answer.ts';
import { chunkDocument } from '../../src/knowledge/chunk-document.ts';
import { estimateTokens } from '../../src/knowledge/estimate-tokens.ts';
import { retrieve } from '../../src/knowledge/retrieve.ts';
import { describeWithTestData, readTestData, TEST_DATA } from '../support/test-data.ts';

const FOLDER = 'docs/markdown';
const { signal } = new AbortController();

/** By words and ids alone: meaning has a gate of its own. */
describeWithTestData('questions of SSVC’s documents, and others', () => {
  const index = createSqliteKnowledgeIndex(openMemoryDatabase());
  const embedder = { model: 'none', dimensions: 1, language: null, embed: async () => [] };
  beforeAll(async () => {
    for (const name of readdirSync(join(TEST_DATA ?? '', FOLDER)).toSorted()) {
      const read = readMarkdown(readTestData(`${FOLDER}/${name}`));
      const passages = chunkDocument(name, read, estimateTokens).map((passage) => ({
        ...passage,
        embedding: Float32Array.of(1),
      }));
      const about = { id: name, path: name, title: read.title ?? name, type: 'markdown', pages: null } as const;
      await index.replaceDocument({ ...about, hash: name, date: null, fields: {} }, passages, 'another');
    }
  });
  const isFound = async (question: string) => {
    const parts = { index, embedder, onTrouble: () => undefined };
    const ranked = await retrieve(parts, question, { filters: [], top: DECIDING }, signal);
    return answerByQuoting(question, ranked).found;
  };

  it.each([
    'Which firewall does the marketing department use?',
    'What is the phone number of the help desk?',
    'When was the data center in Frankfurt closed?',
    'How much did the incident in 2022 cost?',
    'Who approves risk exceptions at our company?',
    'What is the salary of the CEO?',
    'Which antivirus product is installed on laptops?',
    'Who owns the payroll database?',
    'Who supplies the antivirus?',
    'What about CVE-1999-0001?',
  ])('is not in the documents: %s', async (question) => expect(await isFound(question)).toBe(false));

  it.each([
    'What does automatable mean in SSVC?',
    'Which decision points does the deployer use?',
    'What is mission impact?',
    'How does SSVC use asset management?',
    'What is the difference between CVSS and SSVC?',
    'Which information sources tell whether a vulnerability is exploited?',
    'How can EPSS be used?',
    'What should a supplier consider when prioritizing patches?',
    'How do I customize a decision tree?',
    'What is the human scale bottleneck?',
    'What is Vulnrichment?',
    'How are CVEs mapped to ATT&CK techniques?',
    'Is the decision to defer a patch acceptable?',
    'Who maintains Vulnrichment?',
  ])('is in the documents: %s', async (question) => expect(await isFound(question)).toBe(true));
});
