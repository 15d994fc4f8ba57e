import { messageOf, RiskError } from '../../kernel/risk-error.ts';

/**
 * Loads a package with a native binary for each platform, which npm leaves out where there is none.
 * @throws RiskError `OUTPUT_FAILED` that names the format, the package and what to do
 */
export async function loadOptional<Module>(format: string, name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    throw new RiskError({
      code: 'OUTPUT_FAILED',
      message: `${format} needs the optional package ${name}, which does not load on ${process.platform} ${process.arch} (${messageOf(error)}); run "npm ci --include=optional" on a platform that it has a binary for, or choose --format html`,
      cause: error,
    });
  }
}
