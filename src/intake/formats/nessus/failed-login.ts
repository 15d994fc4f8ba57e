/**
 * Plugins of Nessus that tell that it could not log in to a host, or not with the rights that it needs, so that what is installed there was not looked at: "OS Security
 * Patch Assessment Failed", and "Target Credential Status by Authentication Protocol" with a failure, too few rights, or failures now and then (tenable.com/plugins).
 */
const FAILED_LOGIN = new Set(['21745', '104410', '110385', '117885']);

/** "Nessus Scan Information", of every host. */
const SCAN_INFORMATION = '19506';

/** Whether a plugin tells that a host was looked at from outside only. */
export function tellsFailedLogin(plugin: string | null, output: string | null): boolean {
  if (plugin === null) return false;
  if (plugin === SCAN_INFORMATION) return /^\s*Credentialed checks\s*:\s*no\b/im.test(output ?? '');
  return FAILED_LOGIN.has(plugin);
}
