/** A cell of a grid; row -1 is the header. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell, or undefined when the key moves nothing (ARIA grid pattern). `page` is rows a screen. */
export function moveCell(
  cell: Cell,
  key: string,
  mod: boolean,
  rows: number,
  columns: number,
  page: number,
): Cell | undefined {
  const lastRow = rows - 1;
  const row = (to: number): Cell => ({
    row: Math.min(lastRow, Math.max(rows === 0 ? -1 : 0, to)),
    column: cell.column,
  });
  const column = (to: number): Cell => ({ row: cell.row, column: Math.min(columns - 1, Math.max(0, to)) });
  switch (key) {
    case 'ArrowUp':
      return cell.row <= 0 ? { ...cell, row: -1 } : row(cell.row - 1);
    case 'ArrowDown':
      return row(cell.row + 1);
    case 'ArrowLeft':
      return column(cell.column - 1);
    case 'ArrowRight':
      return column(cell.column + 1);
    case 'PageUp':
      return row(cell.row - page);
    case 'PageDown':
      return row(cell.row + page);
    case 'Home':
      return mod ? { row: rows === 0 ? -1 : 0, column: 0 } : column(0);
    case 'End':
      return mod ? { row: lastRow, column: columns - 1 } : column(columns - 1);
    default:
      return undefined;
  }
}
