import { expect, it } from 'vitest';
import { createProfileStages } from './profile-stages.ts';

it('a profile has one part a stage, from its first start to its last end', () => {
  let now = 0;
  const stages = createProfileStages(() => now);
  const at = (ms: number, event: Parameters<typeof stages.show>[0]) => {
    now = ms;
    stages.show(event);
  };
  stages.begin('intake');
  at(5, { type: 'assessment-start', id: 'A' });
  at(6, { type: 'stage-start', name: 'threat' });
  at(7, { type: 'stage-start', name: 'vulnerability' });
  at(10, { type: 'stage-end', name: 'vulnerability' });
  at(20, { type: 'stage-end', name: 'threat' });
  at(30, { type: 'stage-start', name: 'vulnerability' });
  at(31, { type: 'stage-start', name: 'threat' });
  at(32, { type: 'stage-end', name: 'threat' });
  expect(stages.parts()).toEqual([
    { name: 'intake', startMs: 0, endMs: 5 },
    { name: 'vulnerability', startMs: 7, endMs: null },
    { name: 'threat', startMs: 6, endMs: 32 },
  ]);
});
