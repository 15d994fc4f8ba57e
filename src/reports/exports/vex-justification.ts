import {
  CYCLONEDX_JUSTIFICATIONS,
  VEX_JUSTIFICATIONS,
  type VexJustification,
} from '../../domain/finding/vex-justification.ts';

/** CycloneDX's words (1.6, `impactAnalysisJustification`) that say no more and no less than one of the five. */
const FROM_CYCLONEDX: Readonly<Record<string, VexJustification>> = {
  code_not_present: 'vulnerable_code_not_present',
  code_not_reachable: 'vulnerable_code_not_in_execute_path',
  protected_by_compiler: 'inline_mitigations_already_exist',
  protected_at_runtime: 'inline_mitigations_already_exist',
  protected_at_perimeter: 'inline_mitigations_already_exist',
  protected_by_mitigating_control: 'inline_mitigations_already_exist',
};

/** The five in CycloneDX's words; what an adversary cannot control has none there. */
const TO_CYCLONEDX: Readonly<Partial<Record<string, string>>> = {
  component_not_present: 'code_not_present',
  vulnerable_code_not_present: 'code_not_present',
  vulnerable_code_not_in_execute_path: 'code_not_reachable',
  inline_mitigations_already_exist: 'protected_by_mitigating_control',
};
const CYCLONEDX_WORDS: ReadonlySet<string> = new Set(CYCLONEDX_JUSTIFICATIONS);

/** A justification of whatever format as one of the five; null where none of them says it. */
export function toJustification(given: string | null): VexJustification | null {
  const own = VEX_JUSTIFICATIONS.find((one) => one === given);
  return own ?? (given !== null && Object.hasOwn(FROM_CYCLONEDX, given) ? (FROM_CYCLONEDX[given] ?? null) : null);
}

/** A justification of whatever format in CycloneDX's words; null where it has none. */
export function toCycloneDxJustification(given: string | null): string | null {
  if (given === null || CYCLONEDX_WORDS.has(given)) return given;
  return Object.hasOwn(TO_CYCLONEDX, given) ? (TO_CYCLONEDX[given] ?? null) : null;
}
