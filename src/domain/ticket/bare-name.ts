/**
 * What a component is called whoever names it: the last part of a package URL, of a name with its group or path, or the product of a CPE name, in lower case and with one
 * sign for `-`, `_` and `.`. Several components may have one bare name.
 */
export function bareName(name: string): string {
  const cpe = /^cpe:(?:2\.3:|\/)[aoh*]:[^:]*:([^:]+)/i.exec(name)?.[1];
  const path = name.startsWith('pkg:') ? name.split(/[?#]/, 1)[0] : name;
  const last = (cpe ?? path ?? name).split(/[/:]/).at(-1) ?? name;
  return decoded(last.replace(/(?<=.)@.*$/s, ''))
    .toLowerCase()
    .replaceAll(/[-_.]+/g, '-');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
