/**
 * A Content-Security-Policy under which the report's own script and style run and nothing is loaded from anywhere (CSP Level 3, hashes of inline
 * elements).
 */
export async function contentSecurityPolicy(script: string, style: string): Promise<string> {
  return [
    "default-src 'none'",
    `script-src '${await sha256(script)}'`,
    `style-src '${await sha256(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
