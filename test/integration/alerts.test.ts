import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasService } from '../support/services.ts';

const FOLDER = join(import.meta.dirname, '../../deploy/prometheus');
const HAS_PROMTOOL = hasService('promtool');

const promtool = (...args: string[]) => execFileSync('promtool', args, { cwd: FOLDER, encoding: 'utf8' });

describe.skipIf(!HAS_PROMTOOL)(`alert rules${HAS_PROMTOOL ? '' : ' (skipped: promtool is not installed)'}`, () => {
  it('are rules that Prometheus loads', () => {
    expect(promtool('check', 'rules', 'alerts.yaml')).toContain('SUCCESS: 8 rules found');
  });

  it('fire when they should, and not before', () => {
    expect(promtool('test', 'rules', 'alerts.test.yaml')).toContain('SUCCESS');
  });
});
