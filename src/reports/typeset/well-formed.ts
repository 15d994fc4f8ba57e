/** A text without what neither JSON readers nor XML 1.0 (section 2.2) take: half surrogates, control characters, U+FFFE and U+FFFF. */
export function wellFormed(text: string): string {
  return text.replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd').replace(FORBIDDEN, '');
}

// XML allows tab, line feed and carriage return among the control characters of C0.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
