/** Where in a document something stands, for people: "Patch policy, page 3, Servers". */
export function describePlace(place: {
  readonly title: string;
  readonly page: number | null;
  readonly section: string | null;
}): string {
  const { title, page, section } = place;
  return [title, page === null ? null : `page ${page}`, section].filter((part) => part !== null).join(', ');
}
