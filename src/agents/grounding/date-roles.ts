/** What a day is to what is said, by the word before it. */
const ROLES: readonly { readonly role: 'end' | 'start' | 'before' | 'after' | 'on'; readonly words: string }[] = [
  { role: 'end', words: 'until|till|through|up to|bis|bis zum' },
  { role: 'start', words: 'since|from|as of|starting|ab|ab dem|seit|seit dem' },
  { role: 'before', words: 'before|prior to|vor|vor dem' },
  { role: 'after', words: 'after|nach|nach dem' },
  { role: 'on', words: 'on|am|dated' },
];
const DAY = '(\\d{4}-\\d{2}-\\d{2})';
const FORMS = ROLES.map(({ role, words }) => ({
  role,
  form: new RegExp(`(?<!\\p{L})(?:${words})\\s+(?:the\\s+)?${DAY}`, 'giu'),
}));
/** Verbs that say of a day what "until" or "since" would. */
const SAYS_ROLE =
  /\b(?:ends?|ended|expir\w*|valid|runs? out|due|lasts?|starts?|begins?|began|effective|enters?|läuft|endet|gilt|gelten|gültig|beginnt)\b/iu;

/** A day that a sentence calls the end, the beginning or the day of something, where the passage's statement says another of these of it; null where there is none. Days are in ISO 8601. */
export function otherRoleIn(text: string, statement: string): string | null {
  if (SAYS_ROLE.test(text)) return null;
  const told = rolesOf(statement);
  const strange = rolesOf(text).find(({ role, day }) => {
    const same = told.filter((one) => one.day === day);
    return same.length > 0 && !same.some((one) => one.role === role);
  });
  return strange?.day ?? null;
}

function rolesOf(text: string): { readonly role: string; readonly day: string }[] {
  return FORMS.flatMap(({ role, form }) => [...text.matchAll(form)].map(([, day = '']) => ({ role, day })));
}
