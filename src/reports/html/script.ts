/**
 * The report's only script: columns of tables get a button that sorts them by `data-sort`, else by the text. Without it the report is whole, in the
 * order of urgency.
 */
export function scriptOf(sortHint: string): string {
  // JSON with its "<" written as an escape cannot end the element.
  const hint = JSON.stringify(sortHint).replaceAll('<', '\\u003c');
  return `(() => {
  const keyOf = (cell) => cell.dataset.sort ?? cell.textContent.trim();
  const compare = (a, b) => {
    const [x, y] = [Number(a), Number(b)];
    return a !== '' && b !== '' && !Number.isNaN(x) && !Number.isNaN(y) ? x - y : a.localeCompare(b);
  };
  for (const table of document.querySelectorAll('table.sortable')) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.title = ${hint};
      button.setAttribute('aria-label', head.textContent + ': ' + ${hint});
      head.append(button);
      button.addEventListener('click', () => {
        const isUp = head.getAttribute('aria-sort') !== 'ascending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
        const body = table.tBodies[0];
        const rows = [...body.rows].map((row) => ({ row, key: keyOf(row.cells[column]) }));
        rows.sort((a, b) => (isUp ? 1 : -1) * compare(a.key, b.key));
        body.append(...rows.map(({ row }) => row));
      });
    });
  }
})();`;
}
