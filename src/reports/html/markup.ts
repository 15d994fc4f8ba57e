import type { html } from 'hono/html';

/** What the `html` tag gives: text in which everything that was put in is escaped. */
export type Markup = ReturnType<typeof html>;
