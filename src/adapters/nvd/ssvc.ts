import { z } from 'zod';
import { newestSelection, SsvcSelectionField } from '../../domain/ssvc/selection-field.ts';
import { itemsThatFit } from '../../kernel/items-that-fit.ts';

const Entry = z.object({ ssvcData: SsvcSelectionField });

/** The newest readable selection of NVD's `metrics.ssvcV203`, which passes on what CISA selected; null without one. */
export const Ssvc = z
  .object({ ssvcV203: itemsThatFit(Entry) })
  .nullable()
  .catch(null)
  .transform((metrics) => newestSelection((metrics?.ssvcV203 ?? []).map((entry) => entry.ssvcData)));
