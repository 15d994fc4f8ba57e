import { spawn } from 'node:child_process';

/**
 * Runs a bench that is a program of its own, with servers and workers, and prints its figures as it goes; its arguments have their defaults.
 * @throws Error where it does not exit 0
 */
export async function runProgram(script: string): Promise<object> {
  const child = spawn(process.execPath, [...process.execArgv, script], { stdio: 'inherit' });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${script} exited ${code}`);
  return {};
}
