import { SOURCE_NAMES } from '../domain/source/lookup.ts';

/** Whoever is asked over HTTP: the sources of facts, and services that hold what is ours. */
export const HTTP_PEERS = [...SOURCE_NAMES, 'osv', 'chroma', 'servicenow', 'embeddings'] as const;
export type HttpPeer = (typeof HTTP_PEERS)[number];
