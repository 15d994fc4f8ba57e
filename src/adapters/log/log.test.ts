import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../config/secret.ts';
import { createLog } from './create-log.ts';
import { toReadableLine } from './readable-line.ts';
import { redact } from './redact.ts';

const CANARY = 'c4n4ry';

function capture(level = 'trace', options: Parameters<typeof createLog>[1] = {}) {
  const lines: string[] = [];
  const log = createLog(level, { ...options, destination: { write: (line) => void lines.push(line) } });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') };
}

describe('the log', () => {
  it('writes one line of JSON an event, with time, level and the ids of the work', () => {
    const { log, lines, last } = capture('trace', { ids: () => ({ assessmentId: 'A1', traceId: 'ab' }) });
    log.info('a stage ended', { stage: 'scoring\nnext', ms: 12 });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trim()).not.toContain('\n');
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      assessmentId: 'A1',
      traceId: 'ab',
      stage: 'scoring\nnext',
      ms: 12,
      msg: 'a stage ended',
    });
  });

  it('is silent below its level', () => {
    const { log, lines } = capture('warn');
    log.info('nothing');
    log.warn('something');
    expect(lines).toHaveLength(1);
  });

  it('takes the secrets of the configuration out, wherever they come', () => {
    const { log, lines } = capture('trace', { cut: (text) => text.replaceAll(CANARY, '***') });
    log.warn('odd', { reason: `the answer was ${CANARY}`, list: [{ deep: CANARY }] });
    expect(lines.join()).not.toContain(CANARY);
  });

  it('says the same in words to a person', () => {
    const line = JSON.stringify({
      level: 'warn',
      time: '2026-01-02T03:04:05.678Z',
      source: 'nvd',
      msg: 'a source failed',
    });
    expect(toReadableLine(line)).toBe('03:04:05 warn  a source failed source="nvd"\n');
  });
});

describe('redaction', () => {
  it.each<[string, unknown, unknown]>([
    ['a secret', new Secret(CANARY), '***'],
    ['an address with an account', `GET https://user:${CANARY}@host/path failed`, 'GET https://***@host/path failed'],
    ['an address with a query', `https://host/path?apiKey=${CANARY}`, 'https://host/path?***'],
    ['a fragment', `https://host/path#${CANARY}`, 'https://host/path'],
    ['a Redis address', `rediss://:${CANARY}@host:6379/0`, 'rediss://***@host:6379/0'],
    ['a URL', new URL(`https://u:${CANARY}@host/p?q=${CANARY}`), 'https://***@host/p?***'],
    ['headers', new Headers({ 'x-odd': CANARY, accept: '*/*' }), { accept: '***', 'x-odd': '***' }],
    [
      'fields named for it',
      { apiKey: CANARY, 'x-api-key': CANARY, AUTH_TOKEN: CANARY, Authorization: CANARY },
      {
        apiKey: '***',
        'x-api-key': '***',
        AUTH_TOKEN: '***',
        Authorization: '***',
      },
    ],
    ['a bearer token in words', `sent Authorization: Bearer ${CANARY}.x`, 'sent Authorization: Bearer ***'],
    [
      'an error, without its stack',
      new TypeError(`https://u:${CANARY}@h/ failed\nat x`),
      { name: 'TypeError', message: 'https://***@h/ failed' },
    ],
    ['bytes', Buffer.from(CANARY), '6 bytes'],
    ['counts of tokens', { inputTokens: 12, token: 3 }, { inputTokens: 12, token: 3 }],
    ['plain words', 'NVD answered 503', 'NVD answered 503'],
  ])('of %s', (_, value, expected) => {
    expect(redact(value)).toEqual(expected);
  });

  it('bounds what comes from outside', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(JSON.stringify(redact(loop)).length).toBeLessThan(200);
    expect(String(redact('x'.repeat(1e6))).length).toBeLessThanOrEqual(2000);
    expect((redact(Array.from({ length: 1e5 }, () => 1)) as unknown[]).length).toBe(50);
  });

  it('lets a secret through nowhere, however deep it stands', () => {
    const secret = fc.constant(new Secret(CANARY));
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 8 },
        secret,
        fc.string(),
        fc.array(tie('node')),
        fc.dictionary(fc.string(), tie('node')),
      ),
    })).node;
    fc.assert(fc.property(tree, (value) => !JSON.stringify(redact({ value })).includes(CANARY)));
  });
});
