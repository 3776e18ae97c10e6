/** The list with one column moved by one place. */
export function moved<C extends { readonly field: string }>(
  columns: readonly C[],
  field: string,
  by: -1 | 1,
): readonly C[] {
  const from = columns.findIndex((column) => column.field === field);
  const one = columns[from];
  const to = from + by;
  if (one === undefined || to < 0 || to >= columns.length) return columns;
  return columns.toSpliced(from, 1).toSpliced(to, 0, one);
}
