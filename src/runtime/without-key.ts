import type { LanguageModel } from '../ports/language-model.ts';

/** Shorter ones are placeholders of endpoints that ask for none, and may be words. */
const LEAST_KEY_LENGTH = 12;

/** The same model, but an endpoint that repeats its key does not get it into the ledger, the cache or a report. */
export function withoutKey(model: LanguageModel, key: string | undefined): LanguageModel {
  if (key === undefined || key.length < LEAST_KEY_LENGTH) return model;
  return {
    ...model,
    async generate(request) {
      const result = await model.generate(request);
      if (!result.ok) return result;
      return { ok: true, value: { ...result.value, text: result.value.text.replaceAll(key, '[key]') } };
    },
  };
}
