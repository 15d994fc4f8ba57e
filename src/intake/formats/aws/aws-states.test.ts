import { expect, it } from 'vitest';
import { AWS_INSPECTOR } from './inspector.ts';
import { AWS_SECURITY_HUB } from './security-hub.ts';

const CVE = 'CVE-2024-1111';
const statusOf = (items: Iterable<{ readonly kind: string }>) =>
  [...items].map((item) => ('vex' in item ? ((item.vex as { status: string } | null)?.status ?? 'open') : item.kind));

it.each([
  ['ACTIVE', 'open'],
  ['SUPPRESSED', 'not_affected'],
  ['CLOSED', 'fixed'],
])('Inspector: %s is %s', (status, expected) => {
  const finding = { status, packageVulnerabilityDetails: { vulnerabilityId: CVE } };
  expect(statusOf(AWS_INSPECTOR.read({ findings: [finding] }, { offset: 0 }))).toEqual([expected]);
});

it.each([
  [{ RecordState: 'ACTIVE', Workflow: { Status: 'NEW' } }, 'open'],
  [{ RecordState: 'ACTIVE', Workflow: { Status: 'NOTIFIED' } }, 'open'],
  [{ RecordState: 'ARCHIVED', Workflow: { Status: 'NEW' } }, 'fixed'],
  [{ RecordState: 'ACTIVE', Workflow: { Status: 'SUPPRESSED' } }, 'not_affected'],
  [{ RecordState: 'ACTIVE', Workflow: { Status: 'RESOLVED' } }, 'fixed'],
])('Security Hub: %j is %s', (state, expected) => {
  const finding = { ...state, Vulnerabilities: [{ Id: CVE }] };
  expect(statusOf(AWS_SECURITY_HUB.read({ Findings: [finding] }, { offset: 0 }))).toEqual([expected]);
});
