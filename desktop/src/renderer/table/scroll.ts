/**
 * Scaled scroll (WORKBENCH §3). Browsers clamp the height of an element (Chromium at 33 554 428 px), so the spacer is
 * capped and the logical offset is our own state: wheel and keys move it by exact pixels, and only dragging the scroll
 * bar goes through the scale. All lengths are CSS pixels; offsets run from 0 to `maxOffset`.
 */
export interface ScrollSpace {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewHeight: number;
}

/** Tallest spacer: far below every engine's clamp, and a pixel of the bar still is only a few rows. */
export const MAX_SPACER = 8_000_000;

export function spacerHeight({ rows, rowHeight }: ScrollSpace): number {
  return Math.min(rows * rowHeight, MAX_SPACER);
}

export function maxOffset({ rows, rowHeight, viewHeight }: ScrollSpace): number {
  return Math.max(0, rows * rowHeight - viewHeight);
}

/** One pixel of the bar is one pixel of rows. */
export function isExact(space: ScrollSpace): boolean {
  return space.rows * space.rowHeight <= MAX_SPACER;
}

export function clampOffset(space: ScrollSpace, offset: number): number {
  return Math.min(maxOffset(space), Math.max(0, offset));
}

/** Where the bar stands for an offset. */
export function toScrollTop(space: ScrollSpace, offset: number): number {
  const range = Math.max(0, spacerHeight(space) - space.viewHeight);
  const max = maxOffset(space);
  return max === 0 ? 0 : (clampOffset(space, offset) / max) * range;
}

/** The offset that a bar dragged to `scrollTop` means; the ends are exact. */
export function toOffset(space: ScrollSpace, scrollTop: number): number {
  const range = Math.max(0, spacerHeight(space) - space.viewHeight);
  if (range === 0 || scrollTop <= 0) return 0;
  if (scrollTop >= range - 0.5) return maxOffset(space);
  return (scrollTop / range) * maxOffset(space);
}

/** Rows to draw, `[first, last)`, with `overscan` more on both sides. */
export function visibleRows(
  space: ScrollSpace,
  offset: number,
  overscan: number,
): { readonly first: number; readonly last: number } {
  const top = Math.floor(offset / space.rowHeight);
  const bottom = Math.ceil((offset + space.viewHeight) / space.rowHeight);
  return { first: Math.max(0, top - overscan), last: Math.min(space.rows, bottom + overscan) };
}

/** The nearest offset at which the row is wholly seen. */
export function offsetShowing(space: ScrollSpace, offset: number, row: number): number {
  const top = row * space.rowHeight;
  if (top < offset) return clampOffset(space, top);
  const lowest = top + space.rowHeight - space.viewHeight;
  return clampOffset(space, lowest > offset ? lowest : offset);
}

/** The offset at which the row stands a third down, for jumps. */
export function offsetCentring(space: ScrollSpace, row: number): number {
  return clampOffset(
    space,
    Math.round((row * space.rowHeight - space.viewHeight / 3) / space.rowHeight) * space.rowHeight,
  );
}
