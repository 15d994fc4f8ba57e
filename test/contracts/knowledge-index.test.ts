import { describe } from 'vitest';
import { openMemoryDatabase } from '../../src/adapters/sqlite/database.ts';
import { createSqliteKnowledgeIndex } from '../../src/adapters/sqlite/knowledge-index.ts';
import { describeKnowledgeIndex } from './knowledge-index.ts';

describe('the knowledge base in the embedded store', () => {
  describeKnowledgeIndex(async () => {
    const database = openMemoryDatabase();
    return { index: createSqliteKnowledgeIndex(database), close: async () => void database.close() };
  });
});
