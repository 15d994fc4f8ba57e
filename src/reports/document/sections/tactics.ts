/**
 * Tactics of ATT&CK Enterprise in kill-chain order, short name to name; the matrix shows them in this order.
 * Source: MITRE ATT&CK Enterprise 18, matrix "enterprise-attack" (https://attack.mitre.org/matrices/enterprise/).
 */
export const TACTICS: Readonly<Record<string, string>> = {
  reconnaissance: 'Reconnaissance',
  'resource-development': 'Resource Development',
  'initial-access': 'Initial Access',
  execution: 'Execution',
  persistence: 'Persistence',
  'privilege-escalation': 'Privilege Escalation',
  'defense-evasion': 'Defense Evasion',
  'credential-access': 'Credential Access',
  discovery: 'Discovery',
  'lateral-movement': 'Lateral Movement',
  collection: 'Collection',
  'command-and-control': 'Command and Control',
  exfiltration: 'Exfiltration',
  impact: 'Impact',
};

const ORDER = Object.keys(TACTICS);

/** Where a tactic stands in the kill chain; one that is not known stands last. */
export function tacticOrder(tactic: string): number {
  const index = ORDER.indexOf(tactic);
  return index < 0 ? ORDER.length : index;
}

/** MITRE's name of a tactic; an unknown short name as it is. */
export function tacticName(tactic: string): string {
  return Object.hasOwn(TACTICS, tactic) ? (TACTICS[tactic] ?? tactic) : tactic;
}
