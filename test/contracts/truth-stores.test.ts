import { describe } from 'vitest';
import { openEmbeddedTruth } from '../support/embedded-truth.ts';
import { truthStoreContracts } from './truth-stores.ts';

describe('the embedded store', () => truthStoreContracts(openEmbeddedTruth));
