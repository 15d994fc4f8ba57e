/** A text without what neither JSON readers nor XML 1.0 (section 2.2) take: half surrogates, control characters, U+FFFE and U+FFFF. */
export function wellFormed(text: string): string {
  return text.replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd').replace(/\p{Control}+/gu, ' ');
}
