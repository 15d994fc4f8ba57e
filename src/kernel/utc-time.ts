import { z } from 'zod';

/**
 * A time in ISO 8601. NVD and older CVE records leave out the zone and mean UTC ("2021-12-10T10:15:09.143"); null where
 * it is no time.
 */
export const UtcTime = z
  .string()
  .transform((text): string | null => {
    const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`;
    const moment = new Date(zoned);
    return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
  })
  .nullable()
  .catch(null);
