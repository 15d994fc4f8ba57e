import { loadProcessConfig } from '../config/process-config.ts';
import { renderListing } from '../reports/render-listing.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openOutput } from './open-output.ts';
import { withStore } from './with-store.ts';

/** `eras list`: stored assessments, newest first. */
export async function runList(flags: { readonly format: 'table' | 'json' }): Promise<ExitCode> {
  const output = openOutput(null);
  return withStore(loadProcessConfig(), async ({ assessments }) => {
    const listings = await assessments.listAssessments();
    await output.write(flags.format === 'json' ? `${JSON.stringify(listings, null, 2)}\n` : renderListing(listings));
    return EXIT.done;
  });
}
