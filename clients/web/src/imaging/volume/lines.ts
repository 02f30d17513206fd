/** Values of a volume along a line, by trilinear interpolation. */

import type { Frame, Values } from "../frame";
import type { Vec3 } from "../space/geometry";
import type { Grid } from "./grid";
import { between, interpolate, type Part, sum } from "./sums";

/** Planes of one size with their rescale. */
export interface Volume extends Grid {
  planes: readonly Frame["values"][];
  slopes: Float64Array;
  intercepts: Float64Array;
  /** Whether all planes have the same rescale. */
  even: boolean;
  /** Whether voxels are taken as they are, as labels are: between two of them there is no third. */
  nearest: boolean;
}

/** The sum of lines, kept: a cut has hundreds of them. */
let summed = new Float32Array(512);

/** Fills `out`, from `at` on, with the line that runs along the rows (0) or the columns (1) of the stored planes. */
export function fillAlong(
  v: Volume,
  axis: 0 | 1,
  start: Vec3,
  step: number,
  out: Float32Array,
  at: number,
  from: number,
  to: number,
) {
  const [width, height, depth] = v.size;
  const [stride, most] = axis === 0 ? [1, width - 1] : [width, height - 1];
  const other = axis === 0 ? clamp(start[1], height - 1) : clamp(start[0], width - 1);
  const parts: Part[] = [];
  let constant = 0;
  for (const [k, deep] of shares(clamp(start[2], depth - 1))) {
    const plane = v.planes[k] as Values;
    for (const [place, beside] of shares(other))
      parts.push({ plane, base: place * (axis === 0 ? width : 1), slope: deep * beside * (v.slopes[k] as number) });
    constant += deep * (v.intercepts[k] as number);
  }
  const along = start[axis];
  const [first, last] = inside(along, step, most, from, to);
  const edge = (n: number) => {
    const place = clamp(along + n * step, most);
    out[at + n] = between(parts, place, stride) + constant;
  };
  for (let n = from; n < first; n++) edge(n);
  for (let n = Math.max(from, last + 1); n <= to; n++) edge(n);
  if (first > last) return;
  if (Number.isInteger(step) && Number.isInteger(along))
    sum(parts, out, at + first, last - first + 1, (along + first * step) * stride, step * stride, constant);
  else {
    // The lines are summed up before what lies between their voxels is looked for: not for each pixel again.
    if (summed.length <= most) summed = new Float32Array(most + 1);
    sum(parts, summed, 0, most + 1, 0, stride, constant);
    interpolate(summed, along, step, out, at, first, last);
  }
}

/** The whole numbers on both sides of a number, each with its share of what lies between them. */
function shares(at: number): [number, number][] {
  const low = Math.floor(at);
  return at > low
    ? [
        [low, 1 - (at - low)],
        [low + 1, at - low],
      ]
    : [[low, 1]];
}

/** The places between `from` and `to` that lie within an axis with a voxel on each side, so that none need be clamped. */
export function inside(start: number, step: number, most: number, from: number, to: number): [number, number] {
  let [first, last] = [from, to];
  const within = (n: number) => start + n * step >= 0 && start + n * step < most;
  if (step === 0) return within(from) ? [from, to] : [to + 1, to];
  const [a, b] = [(0 - start) / step, (most - start) / step];
  first = Math.max(from, Math.ceil(Math.min(a, b)));
  last = Math.min(to, Math.floor(Math.max(a, b)));
  // A rounded end may be one too far.
  while (first <= last && !within(first)) first++;
  while (last >= first && !within(last)) last--;
  return first <= last ? [first, last] : [to + 1, to];
}

export const clamp = (value: number, most: number) => (value < 0 ? 0 : value > most ? most : value);
