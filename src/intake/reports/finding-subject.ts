import { textOf } from './values.ts';

/** The image, function, workload or artifact that one finding of a report is about, where a report is about several. */
export interface FindingSubject {
  /** What the scanner tells it from others by: an ARN, an image's name, a workload in its namespace. */
  readonly id: string;
  /** What people may call it, too; the first is shown. */
  readonly names: readonly string[];
}

/** A subject from its id and its other names; null where it has no id. */
export function toFindingSubject(id: unknown, ...names: readonly unknown[]): FindingSubject | null {
  const own = textOf(id);
  if (own === null) return null;
  const others = names.flatMap((name) => textOf(name) ?? []).filter((name) => name !== own);
  return { id: own, names: [...new Set(others)] };
}

/** A container of a workload as Kubernetes names it, outermost first; without a workload, its image. */
export function toWorkload(given: {
  readonly cluster?: unknown;
  readonly namespace?: unknown;
  readonly kind?: unknown;
  readonly name?: unknown;
  readonly container?: unknown;
  readonly image?: unknown;
}): FindingSubject | null {
  const { cluster, namespace, kind, name, container, image } = given;
  const join = (...parts: readonly unknown[]) => parts.flatMap((part) => textOf(part) ?? []).join('/');
  if (textOf(name) === null) return toFindingSubject(image);
  const workload = join(cluster, namespace, kind, name);
  return toFindingSubject(join(workload, container), workload, join(namespace, name), name, image);
}
