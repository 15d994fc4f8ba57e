import { describe, expect, it } from 'vitest';
import type { RankedPassage } from '../../knowledge/retrieve.ts';
import { groundAnswer } from './ground-answer.ts';

const ground = (own: string, text: string) =>
  groundAnswer({ text, evidence: ['P1'] }, [
    { id: 'P1', own, text: own, passage: { id: 'P1' } as unknown as RankedPassage },
  ]);

describe('a name of a host, an address, a version', () => {
  const HOSTS =
    'Database servers are db-01, db-02 and db-03, run by Ruth. The office is at 10.20.30.40 in the network 10.20.0.0/16. Mail goes to ops@corp.example. The agent is at version 1.10. The agent has the library log4j in version 2.17.1. The agent sees CVE-2021-44228 and T1003.001.';

  it.each([
    'Database servers are db-01 and db-03.',
    'Database servers are DB-02 and db-03.',
    'The office is at 10.20.30.40.',
    'The office is in the network 10.20.0.0/16.',
    'Mail goes to ops@corp.example.',
    'The agent is at version 1.10.',
    'The agent has the library log4j in version 2.17.1.',
    'The agent sees CVE-2021-44228 and T1003.',
  ])('stands as a whole: %s', (text) => expect(ground(HOSTS, text)).toMatchObject({ ok: true }));

  it.each([
    'Database servers are db-01 and db-99.',
    'Database servers are app-01 and db-01.',
    'Database servers are kiosk-3 and db-01.',
    'Database servers are kiosk-x and db-01.',
    'Database servers are db-0 and db-01.',
    'The office is at 10.20.30.4.',
    'The office is in the network 10.20.0.0/1.',
    'Mail goes to ops@evil.example.',
    'Mail goes to evil.example.',
    'The agent is at version 1.1.',
    'The agent is at version 2.17.',
    'The agent has the library log4j in version 2.17.11.',
    'The agent sees CVE-2021-4422.',
  ])('is not invented: %s', (text) => expect(ground(HOSTS, text)).toMatchObject({ ok: false }));
});
