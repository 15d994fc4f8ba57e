/** The CVE ids in one of Rapid7's own vulnerability ids, such as `ubuntu-cve-2021-44228`. */
export function cvesOfRapid7Id(id: string | null): string[] {
  return (id ?? '').match(/(?<![a-z0-9])cve-\d{4}-\d{4,}(?!\d)/gi) ?? [];
}
