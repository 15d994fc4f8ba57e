import { expect, it } from 'vitest';
import { findWeaknessClass } from './weakness-class.ts';

it.each([
  ['Microsoft Win32k Privilege Escalation Vulnerability', 'privilege escalation'],
  ['Cisco IOS Denial-of-Service Vulnerability', 'denial of service'],
  ['Adobe Flash Player Remote Code Execution Vulnerability', 'remote code execution'],
  ['D-Link OS Command Injection Vulnerability', 'OS command injection'],
  ['Acme Heap-Based Buffer Overflow Vulnerability', 'buffer overflow'],
  ['Acme Server-Side Request Forgery Vulnerability', 'server-side request forgery'],
  ['Oracle WebLogic Server Unspecified Vulnerability', null],
  ['', null],
])('%s → %s', (name, expected) => {
  expect(findWeaknessClass(name)).toBe(expected);
});
