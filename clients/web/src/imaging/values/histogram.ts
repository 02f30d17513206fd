/** How often values occur, in equal bins from the lowest to the highest; padding does not count. */

import type { Frame } from "../frame";
import { paddingTest } from "./window";

export interface Histogram {
  low: number;
  high: number;
  counts: number[];
}

type Source = Pick<Frame, "rescale" | "padding"> & { values: ArrayLike<number> };

export function histogram({ values, rescale, padding }: Source, bins = 128): Histogram {
  const { slope, intercept } = rescale;
  const isPadding = paddingTest(padding);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (isPadding(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const counts = new Array<number>(bins).fill(0);
  if (!(high >= low)) return { low: 0, high: 0, counts };
  const scale = high > low ? bins / (high - low) : 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (isPadding(value)) continue;
    const bin = Math.min(bins - 1, Math.floor((value - low) * scale));
    if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const [a, b] = [low * slope + intercept, high * slope + intercept];
  return slope < 0 ? { low: b, high: a, counts: counts.reverse() } : { low: a, high: b, counts };
}
