import { ulid } from 'ulid';
import {
  type DecisionParts,
  type DecisionRequest,
  decide,
  tellLong,
  withdrawDecision,
} from '../assessment/decisions/decide.ts';
import { tellUnseen } from '../assessment/decisions/seen-before.ts';
import { loadProcessConfig } from '../config/process-config.ts';
import { systemClock } from '../kernel/clock.ts';
import { RiskError } from '../kernel/risk-error.ts';
import { describeDecision, listDecisions, renderDecisions } from '../reports/render-decisions.ts';
import { plainText } from '../reports/words.ts';
import { actorName, type OpenStore } from '../runtime/open-store.ts';
import { readVulnerabilityId } from '../runtime/read-vulnerability-id.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openOutput } from './open-output.ts';
import { withStore } from './with-store.ts';

/** How a result is shown. */
type Format = { readonly format: 'table' | 'json' };

/** `eras decide accept|false-positive|not-affected`: a decision that holds for all later assessments. */
export async function runDecide(
  kind: DecisionRequest['kind'],
  vulnerability: string,
  flags: Omit<DecisionRequest, 'kind' | 'vulnerabilityId'> & Format,
): Promise<ExitCode> {
  const vulnerabilityId = readVulnerabilityId(vulnerability);
  if (vulnerabilityId === null) {
    const message = `"${vulnerability.slice(0, 60)}" is no vulnerability id; give one such as CVE-2021-44228`;
    throw new RiskError({ code: 'BAD_INPUT', message });
  }
  const output = openOutput(null);
  return withStore(loadProcessConfig(), async (store) => {
    const decision = await decide({ ...flags, kind, vulnerabilityId }, partsOf(store));
    const [listed] = listDecisions([decision], systemClock.now());
    if (listed === undefined) return EXIT.failed;
    const text = flags.format === 'json' ? JSON.stringify(listed, null, 2) : describeDecision(listed);
    await output.write(`${text}\n`);
    for (const warning of [await tellUnseen(decision, store.assessments), tellLong(decision)]) {
      if (warning !== null) process.stderr.write(`warning: ${plainText(warning)}\n`);
    }
    return EXIT.done;
  });
}

/** `eras decide list`: what was decided, and where it stands. */
export async function runDecisions({ format }: Format): Promise<ExitCode> {
  const output = openOutput(null);
  return withStore(loadProcessConfig(), async ({ decisions }) => {
    const listed = listDecisions(await decisions.list(), systemClock.now());
    await output.write(format === 'json' ? `${JSON.stringify(listed, null, 2)}\n` : renderDecisions(listed));
    return EXIT.done;
  });
}

/** `eras decide withdraw`: a decision no longer holds. */
export async function runWithdraw(id: string, { reason }: { readonly reason: string }): Promise<ExitCode> {
  return withStore(loadProcessConfig(), async (store) => {
    await withdrawDecision(id, reason, partsOf(store));
    return EXIT.done;
  });
}

function partsOf({ decisions, audit }: OpenStore): DecisionParts {
  const clock = systemClock;
  return { decisions, audit, clock, newId: () => ulid(clock.now().getTime()), account: actorName() };
}
