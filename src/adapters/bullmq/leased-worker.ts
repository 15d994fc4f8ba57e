import { type Job as BullJob, Worker, type WorkerOptions } from 'bullmq';
import type { Lease } from '../../ports/job-queue.ts';
import { createLeases } from './leases.ts';
import { LOCK_MS } from './queue-settings.ts';

const nameOf = (id: string, token: string) => `${id}\n${token}`;

/**
 * A worker that knows which of its jobs are still its own. The library renews locks by a timer and tells of those that it could not renew; what a worker
 * does that was frozen meanwhile, before that timer has run, is for each job to ask (`Lease.confirm`).
 */
export class LeasedWorker extends Worker {
  readonly #leases = createLeases(LOCK_MS);

  constructor(
    kind: string,
    work: (job: BullJob, token: string, lease: Lease) => Promise<void>,
    options: WorkerOptions,
  ) {
    // The library reads the number of parameters: it would make a signal of its own for a third one.
    super(kind, (job: BullJob, token?: string) => this.#inLease(job, token ?? '', work), options);
  }

  override async extendJobLocks(ids: string[], tokens: string[], duration: number): Promise<string[]> {
    const askedAt = this.#leases.now();
    const lost = await super.extendJobLocks(ids, tokens, duration);
    const named = ids.map((id, index) => ({ id, name: nameOf(id, tokens[index] ?? '') }));
    const namesOf = (isLost: boolean) => named.filter(({ id }) => lost.includes(id) === isLost).map(({ name }) => name);
    this.#leases.renewed(namesOf(false), askedAt);
    this.#leases.lost(namesOf(true));
    return lost;
  }

  async #inLease(
    job: BullJob,
    token: string,
    work: (job: BullJob, token: string, lease: Lease) => Promise<void>,
  ): Promise<void> {
    const name = nameOf(job.id ?? '', token);
    const ageMs = Math.max(0, Date.now() - (job.processedOn ?? Date.now()));
    const renew = async () => (await job.extendLock(token, LOCK_MS)) === 1;
    try {
      await work(job, token, this.#leases.take(name, ageMs, renew));
    } finally {
      this.#leases.end(name);
    }
  }
}
