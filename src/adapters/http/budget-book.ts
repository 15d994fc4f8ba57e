import type { HttpRequest } from '../../ports/http-client.ts';
import type { HttpPeer } from '../../ports/http-peer.ts';
import { createSourceBudget, type SourceBudget } from './source-budget.ts';

/** Budgets by run and source. A run is known by its signal; its budgets go when the signal is collected. */
export function createBudgetBook(budgetMs: number, now: () => number): (request: HttpRequest) => SourceBudget {
  const budgets = new WeakMap<AbortSignal, Map<HttpPeer, SourceBudget>>();
  return ({ source, call }) => {
    const ofRun = budgets.get(call.signal) ?? new Map<HttpPeer, SourceBudget>();
    budgets.set(call.signal, ofRun);
    const budget = ofRun.get(source) ?? createSourceBudget(budgetMs, now);
    ofRun.set(source, budget);
    return budget;
  };
}
