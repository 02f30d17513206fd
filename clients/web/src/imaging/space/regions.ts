/** The calibrated areas of an ultrasound image (PS3.3 C.8.5.5): each has a scale of its own, or none. */

import type { Point } from "./point";

export interface Region {
  /** Its first and last columns and rows. */
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Distance between rows, then columns, in mm; null if it does not show two lengths (time, velocity). */
  spacing: readonly [number, number] | null;
  /** Whether another area hides it where they overlap. */
  low_priority?: boolean;
}

const holds = ({ left, top, right, bottom }: Region, { column, row }: Point) =>
  column >= left - 0.5 && column <= right + 0.5 && row >= top - 0.5 && row <= bottom + 0.5;

/** The areas that are seen at a point: where they overlap, those of high priority hide the others. */
function seenAt(regions: readonly Region[], point: Point): readonly Region[] {
  const around = regions.filter((region) => holds(region, point));
  const high = around.filter((region) => !region.low_priority);
  return high.length ? high : around;
}

/**
 * The scale of an area in which all points lie (PS3.3 C.8.5.5.1.3), if all areas that are seen at them have it; null
 * if they lie in several areas, outside, where it shows no lengths, or where two areas overlap and differ.
 */
export function regionScale(regions: readonly Region[], points: readonly Point[]): Region["spacing"] {
  if (!regions.some((region) => points.every((point) => holds(region, point)))) return null;
  const seen = points.flatMap((point) => seenAt(regions, point));
  const common = commonScale(seen);
  return seen.every(({ spacing }) => spacing) ? common : null;
}

/** The scale of every area that has one; null if they differ. */
export function commonScale(regions: readonly Region[]): Region["spacing"] {
  const [first, ...others] = regions.flatMap(({ spacing }) => (spacing ? [spacing] : []));
  return first && others.every((one) => one[0] === first[0] && one[1] === first[1]) ? first : null;
}
