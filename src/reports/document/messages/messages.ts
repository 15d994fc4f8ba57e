export type { Messages } from './en.ts';
