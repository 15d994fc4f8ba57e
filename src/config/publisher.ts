import { z } from 'zod';

/** Who publishes reports and VEX documents, as the config file says it; categories are CSAF 2.0's (section 3.2.1.8.1). */
export const PublisherFile = z.strictObject({
  name: z.string().trim().min(1).max(200),
  namespace: z.url('is no URL, such as https://example.com').max(500),
  category: z.enum(['coordinator', 'discoverer', 'other', 'translator', 'user', 'vendor']).default('user'),
});
export type PublisherFile = z.infer<typeof PublisherFile>;
