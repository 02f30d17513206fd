/** Values of a volume along a line, by trilinear interpolation. */

import type { Frame } from "../frame";
import type { Vec3 } from "../geometry";
import type { Grid } from "./grid";

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

/** Fills a line that runs along the rows (0) or the columns (1) of the stored planes. */
export function fillAlong(
  v: Volume,
  axis: 0 | 1,
  start: Vec3,
  step: number,
  line: Float64Array,
  from: number,
  to: number,
) {
  const [width, height, depth] = v.size;
  const [stride, most] = axis === 0 ? [1, width - 1] : [width, height - 1];
  const z = clamp(start[2], depth - 1);
  const other = axis === 0 ? clamp(start[1], height - 1) : clamp(start[0], width - 1);
  line.fill(0, from, to + 1);
  for (const [k, deep] of shares(z)) {
    const plane = v.planes[k] as Frame["values"];
    for (const [place, beside] of shares(other)) {
      const base = place * (axis === 0 ? width : 1);
      const [slope, constant] = [deep * beside * (v.slopes[k] as number), deep * beside * (v.intercepts[k] as number)];
      const [first, last] = inside(start[axis], step, most, from, to);
      const edge = (n: number) => {
        const at = clamp(start[axis] + n * step, most);
        const i = Math.floor(at);
        const value = plane[base + i * stride] as number;
        const next = at > i ? ((plane[base + (i + 1) * stride] as number) - value) * (at - i) : 0;
        line[n] = (line[n] as number) + (value + next) * slope + constant;
      };
      for (let n = from; n < first; n++) edge(n);
      for (let n = Math.max(from, last + 1); n <= to; n++) edge(n);
      if (Number.isInteger(step) && Number.isInteger(start[axis])) {
        const pace = step * stride;
        for (let n = first, i = base + (start[axis] + first * step) * stride; n <= last; n++, i += pace)
          line[n] = (line[n] as number) + (plane[i] as number) * slope + constant;
      } else {
        for (let n = first; n <= last; n++) {
          const at = start[axis] + n * step;
          const i = at | 0;
          const value = plane[base + i * stride] as number;
          const next = ((plane[base + (i + 1) * stride] as number) - value) * (at - i);
          line[n] = (line[n] as number) + (value + next) * slope + constant;
        }
      }
    }
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
