import type { Histogram } from '../../host/timeline.ts';
import type { Stretch } from './viewport.ts';

export interface BarStyle {
  readonly colours: readonly string[];
  readonly scale: 'linear' | 'log';
  readonly width: number;
  readonly height: number;
}

/** Events in a bin over all series. */
export function binTotal(histogram: Histogram, bin: number): number {
  return histogram.series.reduce((sum, counts) => sum + (counts[bin] ?? 0), 0);
}

export function largestBin(histogram: Histogram): number {
  const bins = histogram.series[0]?.length ?? 0;
  let largest = 0;
  for (let bin = 0; bin < bins; bin++) largest = Math.max(largest, binTotal(histogram, bin));
  return largest;
}

/**
 * Height of a bar as a share of the largest. A bin with any event is never invisible: nothing drawn means none counted.
 */
export function barShare(count: number, largest: number, scale: 'linear' | 'log'): number {
  if (count <= 0 || largest <= 0) return 0;
  return scale === 'linear' ? count / largest : Math.log1p(count) / Math.log1p(largest);
}

/** Stacked bars of the histogram as it falls into `view`; a histogram of an older view is drawn where it belongs. */
export function drawBars(
  context: CanvasRenderingContext2D,
  histogram: Histogram,
  view: Stretch,
  style: BarStyle,
): void {
  const { width, height, colours, scale } = style;
  context.clearRect(0, 0, width, height);
  const largest = largestBin(histogram);
  const perMicrosecond = width / (view.to - view.from);
  const bins = histogram.series[0]?.length ?? 0;
  for (let bin = 0; bin < bins; bin++) {
    const total = binTotal(histogram, bin);
    if (total === 0) continue;
    const left = (histogram.from + bin * histogram.bin - view.from) * perMicrosecond;
    const right = left + histogram.bin * perMicrosecond;
    if (right < 0 || left > width) continue;
    const x = Math.round(left);
    const barWidth = Math.max(1, Math.round(right) - x - (right - left > 3 ? 1 : 0));
    const barHeight = Math.max(2, barShare(total, largest, scale) * height);
    let y = height;
    histogram.series.forEach((counts, series) => {
      const part = ((counts[bin] ?? 0) / total) * barHeight;
      if (part === 0) return;
      context.fillStyle = colours[series] ?? '#888';
      context.fillRect(x, y - part, barWidth, part);
      y -= part;
    });
  }
}
