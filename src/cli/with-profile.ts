import { type OpenProfile, openProfile } from '../runtime/open-profile.ts';

/** Runs work under a profile where a folder is named; it is written whatever the work comes to. */
export async function withProfile<Value>(
  folder: string | undefined,
  work: (profile: OpenProfile | null) => Promise<Value>,
): Promise<Value> {
  if (folder === undefined) return work(null);
  const profile = await openProfile(folder);
  try {
    return await work(profile);
  } finally {
    await profile.finish();
    process.stderr.write(`eras: profile written to ${folder}\n`);
  }
}
