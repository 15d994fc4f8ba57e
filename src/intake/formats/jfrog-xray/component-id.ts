import type { Component } from '../../../domain/finding/sighting.ts';
import { toComponent } from '../../reports/make-items.ts';

/** Reads Xray's component id (`npm://ip:2.0.0`, `rpm://8:libX11:0:1.6.8-3.el8`, `gav://group:artifact:1.0`). */
export function parseComponentId(id: string): Component | null {
  const [, scheme = '', rest = ''] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(id) ?? [];
  const parts = rest.split(':');
  // Distributions' packages begin with the release, and Debian's with distribution and release.
  const skipped = { rpm: 1, alpine: 1, deb: 2 }[scheme.toLowerCase()] ?? 0;
  if (skipped > 0 && parts.length > skipped + 1) {
    return toComponent({ name: parts[skipped] ?? null, installedVersion: parts.slice(skipped + 1).join(':') });
  }
  const version = parts.length > 1 ? parts.at(-1) : undefined;
  const name = version === undefined ? rest : parts.slice(0, -1).join(':');
  return toComponent({ name: name || null, installedVersion: version || null });
}

/** Reads the last part of an impact path: `…/sha256__1f.tar.gz/3.12:busybox:1.31.1-r20`, with a distribution's release before the name, or a file's name. */
export function parseImpactPath(path: string): Component | null {
  const last = path.split('/').at(-1) ?? '';
  return parseComponentId(/^\d[\w.]*:[^:]+:/.test(last) ? last.slice(last.indexOf(':') + 1) : last);
}
