/** Where points and boxes of the patient lie on a plane, in its pixels. */

import { normalOf } from "../volume/crossLine";
import { dot, minus, plus, scale } from "../volume/grid";
import type { PlaneGeometry, Point, Vec3 } from "./geometry";

/** A plane of which position, directions and distances of pixels are known. */
export type Placement = PlaneGeometry & {
  position: Vec3;
  orientation: NonNullable<PlaneGeometry["orientation"]>;
  spacing: NonNullable<PlaneGeometry["spacing"]>;
};

/** How far what belongs to a plane may lie behind it and before it, along its normal, in mm. */
export type Reach = readonly [number, number];

export function isPlaced(plane: PlaneGeometry | null | undefined): plane is Placement {
  return Boolean(plane?.position && plane.orientation && plane.spacing);
}

/** The pixel on which a point falls along the plane's normal, and how far before the plane it lies, in mm. */
export function pixelOf({ position, orientation: o, spacing }: Placement, point: Vec3): Point & { away: number } {
  const from = minus(point, position);
  return {
    column: dot(from, [o[0], o[1], o[2]]) / spacing[1],
    row: dot(from, [o[3], o[4], o[5]]) / spacing[0],
    away: dot(from, normalOf({ position, orientation: o, spacing }) as Vec3),
  };
}

/** The pixel of a point that lies on the plane, or no farther from it than its reach; null otherwise. */
export function pointOn(plane: Placement, [behind, before]: Reach, point: Vec3): Point | null {
  const { column, row, away } = pixelOf(plane, point);
  return away >= -behind && away <= before ? { column, row } : null;
}

/**
 * The corners of the shape in which a plane cuts a box, whose sides are parallel to the patient's axes, in order around
 * it. If it does not cut the box, of the part within its reach, seen along its normal; null if there is none.
 */
export function boxOn(plane: Placement, [behind, before]: Reach, [a, b]: readonly [Vec3, Vec3]): Point[] | null {
  const corners = Array.from({ length: 8 }, (_, n) =>
    pixelOf(plane, [0, 1, 2].map((axis) => (n & (1 << axis) ? b : a)[axis]) as unknown as Vec3),
  );
  const [least, most] = [Math.min(...corners.map((one) => one.away)), Math.max(...corners.map((one) => one.away))];
  const [low, high] = least <= ROUNDING && most >= -ROUNDING ? [0, 0] : [-behind, before];
  if (least > high + ROUNDING || most < low - ROUNDING) return null;
  const found: Point[] = corners.filter(({ away }) => away >= low - ROUNDING && away <= high + ROUNDING);
  for (const [n, one] of corners.entries())
    for (const axis of [1, 2, 4]) {
      const other = corners[n | axis];
      if (n & axis || !other) continue;
      for (const level of [low, high]) {
        const share = (level - one.away) / (other.away - one.away);
        if (share > 0 && share < 1)
          found.push({
            column: one.column + share * (other.column - one.column),
            row: one.row + share * (other.row - one.row),
          });
      }
    }
  return hull(found);
}

/** Positions are rounded when they are written. */
const ROUNDING = 1e-4;

/** The corners of the smallest convex shape around points (Andrew's monotone chain). */
function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.column - b.column || a.row - b.row);
  const half = (from: readonly Point[]) => {
    const line: Point[] = [];
    for (const point of from) {
      while (line.length > 1 && turn(line.at(-2) as Point, line.at(-1) as Point, point) <= 1e-9) line.pop();
      line.push(point);
    }
    return line.slice(0, -1);
  };
  const around = [...half(sorted), ...half(sorted.reverse())];
  return around.length ? around : sorted.slice(0, 1);
}

const turn = (a: Point, b: Point, c: Point) =>
  (b.column - a.column) * (c.row - a.row) - (b.row - a.row) * (c.column - a.column);

/** The middle between the first and the last of a place's positions. */
export function middleOf(at: readonly Vec3[]): Vec3 {
  return scale(plus(at[0] as Vec3, at.at(-1) as Vec3), 0.5);
}
