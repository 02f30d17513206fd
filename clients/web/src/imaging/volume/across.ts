/** Values of a volume along a line in any direction. */

import type { Frame } from "../frame";
import type { Vec3 } from "../space/geometry";
import { clamp, inside, type Volume } from "./lines";

/** Fills `out`, from `at` on, with the line that begins at a place, by steps of columns, rows and planes. */
export function fillAcross(
  v: Volume,
  [x, y, z]: Vec3,
  [dx, dy, dz]: Vec3,
  out: Float32Array,
  at: number,
  from: number,
  to: number,
) {
  const { planes, slopes, intercepts, nearest, even } = v;
  const [width, height, depth] = v.size;
  let [first, last] = [from, to];
  for (const [start, step, size] of [
    [x, dx, width],
    [y, dy, height],
    [z, dz, depth],
  ] as const)
    [first, last] = inside(start, step, size - 1, first, last);
  if (first > last) [first, last] = [to + 1, to];
  for (let n = from; n < first; n++) out[at + n] = atEdge(v, x + n * dx, y + n * dy, z + n * dz);
  for (let n = Math.max(from, last + 1); n <= to; n++) out[at + n] = atEdge(v, x + n * dx, y + n * dy, z + n * dz);
  if (nearest) {
    for (let n = first; n <= last; n++) {
      const k = (z + n * dz + 0.5) | 0;
      const plane = planes[k] as Frame["values"];
      const value = plane[((y + n * dy + 0.5) | 0) * width + ((x + n * dx + 0.5) | 0)] as number;
      out[at + n] = value * (slopes[k] as number) + (intercepts[k] as number);
    }
    return;
  }
  // A rescale that is the same for all planes is done once for a value, after the interpolation.
  const slope = slopes[0] as number;
  const intercept = intercepts[0] as number;
  for (let n = first; n <= last; ) {
    // As long as the line runs between the same two planes.
    const k = (z + n * dz) | 0;
    const near = planes[k] as Frame["values"];
    const far = planes[k + 1] as Frame["values"];
    for (; n <= last; n++) {
      const fz = z + n * dz - k;
      if (fz < 0 || fz >= 1) break;
      const px = x + n * dx;
      const py = y + n * dy;
      const i = px | 0;
      const j = py | 0;
      const corner = j * width + i;
      const fx = px - i;
      const fy = py - j;
      const a = near[corner] as number;
      const c = near[corner + width] as number;
      const e = far[corner] as number;
      const g = far[corner + width] as number;
      const top = a + ((near[corner + 1] as number) - a) * fx;
      const bottom = c + ((near[corner + width + 1] as number) - c) * fx;
      const topFar = e + ((far[corner + 1] as number) - e) * fx;
      const bottomFar = g + ((far[corner + width + 1] as number) - g) * fx;
      let here = top + (bottom - top) * fy;
      let there = topFar + (bottomFar - topFar) * fy;
      if (!even) {
        here = here * (slopes[k] as number) + (intercepts[k] as number);
        there = there * (slopes[k + 1] as number) + (intercepts[k + 1] as number);
      }
      const value = here + (there - here) * fz;
      out[at + n] = even ? value * slope + intercept : value;
    }
  }
}

/** The value at a place that may lie at the edge of the volume, or half a voxel beyond. */
function atEdge({ planes, slopes, intercepts, nearest, size }: Volume, x: number, y: number, z: number): number {
  const [width, height, depth] = size;
  const [px, py, pz] = [clamp(x, width - 1), clamp(y, height - 1), clamp(z, depth - 1)];
  if (nearest) {
    const k = Math.round(pz);
    const value = planes[k]?.[Math.round(py) * width + Math.round(px)] as number;
    return value * (slopes[k] as number) + (intercepts[k] as number);
  }
  const [i, j, k] = [Math.floor(px), Math.floor(py), Math.floor(pz)];
  const [fx, fy, fz] = [px - i, py - j, pz - k];
  const [right, below] = [fx > 0 ? 1 : 0, fy > 0 ? width : 0];
  const at = j * width + i;
  const near = flat(planes[k] as Frame["values"], at, right, below, fx, fy) * (slopes[k] as number);
  const value = near + (intercepts[k] as number);
  if (fz === 0) return value;
  const far = flat(planes[k + 1] as Frame["values"], at, right, below, fx, fy) * (slopes[k + 1] as number);
  return value * (1 - fz) + (far + (intercepts[k + 1] as number)) * fz;
}

/** The value within a plane, between its four neighbours. */
function flat(plane: Frame["values"], at: number, right: number, below: number, fx: number, fy: number): number {
  const above = (plane[at] as number) * (1 - fx) + (plane[at + right] as number) * fx;
  if (below === 0) return above;
  const beneath = (plane[at + below] as number) * (1 - fx) + (plane[at + below + right] as number) * fx;
  return above * (1 - fy) + beneath * fy;
}
