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
}

/** The area that a point lies in: of several, the smallest; null outside of all. */
function regionAt(regions: readonly Region[], { column, row }: Point): Region | null {
  const around = regions.filter(
    ({ left, top, right, bottom }) =>
      column >= left - 0.5 && column <= right + 0.5 && row >= top - 0.5 && row <= bottom + 0.5,
  );
  const size = ({ left, top, right, bottom }: Region) => (right - left + 1) * (bottom - top + 1);
  return around.sort((a, b) => size(a) - size(b))[0] ?? null;
}

/** The scale of the area in which all points lie; null if they lie in several, outside, or where it shows no lengths. */
export function regionScale(regions: readonly Region[], points: readonly Point[]): Region["spacing"] {
  const [first, ...others] = points.map((point) => regionAt(regions, point));
  return first && others.every((one) => one === first) ? first.spacing : null;
}

/** The scale of every area that has one; null if they differ. */
export function commonScale(regions: readonly Region[]): Region["spacing"] {
  const [first, ...others] = regions.flatMap(({ spacing }) => (spacing ? [spacing] : []));
  return first && others.every((one) => one[0] === first[0] && one[1] === first[1]) ? first : null;
}
