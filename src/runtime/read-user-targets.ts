import { type Intake, readTargets } from '../intake/read-targets.ts';

/** Reads what the user handed in on the command line. @throws RiskError `BAD_INPUT` */
export function readUserTargets(targets: readonly string[]): Promise<Intake> {
  return readTargets(targets, process.stdin);
}
