/** Where one plane cuts another. */

import type { Outline } from "../frame";
import { type PlaneGeometry, type Point, physicalPosition, type Vec3 } from "../space/geometry";
import { cross, dot, minus } from "./grid";

/** The unit normal of a plane; null if the file does not say. */
export function normalOf({ orientation: o }: PlaneGeometry): Vec3 | null {
  return o && cross([o[0], o[1], o[2]], [o[3], o[4], o[5]]);
}

/** The position of the middle of a plane; null if the file does not say. */
export function middleOf({ geometry, rows, columns }: Outline): Vec3 | null {
  return physicalPosition(geometry, { column: (columns - 1) / 2, row: (rows - 1) / 2 });
}

/** Planes that meet at less than this (as the sine of the angle) are taken for parallel. */
const PARALLEL = 0.02;

/** The line in which `other` cuts a plane, from edge to edge in pixels; null if it does not, or is parallel. */
export function crossLine(plane: Outline, other: PlaneGeometry): readonly [Point, Point] | null {
  const { geometry: g, rows, columns } = plane;
  const [own, normal] = [normalOf(g), normalOf(other)];
  if (!g.position || !g.spacing || !g.orientation || !other.position || !own || !normal) return null;
  if (Math.hypot(...cross(own, normal)) < PARALLEL) return null;
  // Its distance from the other plane grows by `a` a column and by `b` a row, from `c` at the first pixel.
  const o = g.orientation;
  const a = dot(normal, [o[0], o[1], o[2]]) * g.spacing[1];
  const b = dot(normal, [o[3], o[4], o[5]]) * g.spacing[0];
  const c = dot(normal, minus(g.position, other.position));
  const [left, right, top, bottom] = [-0.5, columns - 0.5, -0.5, rows - 0.5];
  const found: Point[] = [];
  for (const column of [left, right]) {
    const row = -(c + a * column) / b;
    if (row >= top && row <= bottom) found.push({ column, row });
  }
  for (const row of [top, bottom]) {
    const column = -(c + b * row) / a;
    if (column > left && column < right) found.push({ column, row });
  }
  return found[0] && found[1] ? [found[0], found[1]] : null;
}
