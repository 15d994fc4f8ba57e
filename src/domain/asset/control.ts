/** Compensating controls that an asset may have in place, by the mitigation of ATT&CK that each is. */
export const CONTROLS = {
  waf: 'M1050',
  exploit_protection: 'M1050',
  sandboxing: 'M1048',
  network_segmentation: 'M1030',
  network_filtering: 'M1037',
  intrusion_prevention: 'M1031',
  web_content_filtering: 'M1021',
  mfa: 'M1032',
  execution_prevention: 'M1038',
  edr: 'M1040',
  antivirus: 'M1049',
} as const;
export type Control = keyof typeof CONTROLS;

/** How much the loss of each of the three would matter on an asset (CVSS v3.1, section 4.1; v4.0, section 4.1: CR, IR, AR); null is not said. */
export interface SecurityRequirements {
  readonly confidentiality: Requirement | null;
  readonly integrity: Requirement | null;
  readonly availability: Requirement | null;
}

export const REQUIREMENTS = ['low', 'medium', 'high'] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** How sensitive the data on an asset is, from the least. */
export const DATA_SENSITIVITY = ['public', 'internal', 'confidential', 'restricted'] as const;
export type DataSensitivity = (typeof DATA_SENSITIVITY)[number];

/**
 * The requirement of confidentiality that the sensitivity of data comes to, where none is given: our reading of CVSS' "serious adverse effect" (medium) and
 * "catastrophic" (high); data that is public already has none to lose.
 */
export const REQUIREMENT_OF_SENSITIVITY: Readonly<Record<DataSensitivity, Requirement>> = {
  public: 'low',
  internal: 'medium',
  confidential: 'high',
  restricted: 'high',
};
