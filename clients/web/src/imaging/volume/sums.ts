/** Sums of stored lines, each with its share: the inner loops of planes along rows or columns. */

import type { Values } from "../frame";

/** A stored line with its share of the values: `slope * stored`. */
export interface Part {
  plane: Values;
  base: number;
  slope: number;
}

/** The sum of one, two or four lines. */
export function sum(
  parts: readonly Part[],
  out: Float32Array,
  at: number,
  length: number,
  begin: number,
  pace: number,
  constant: number,
) {
  const [a, b, c, d] = parts as [Part, Part?, Part?, Part?];
  if (c && d) quadruple(out, at, length, [a, b as Part, c, d], begin, pace, constant);
  else if (b) double(out, at, length, a, b, begin, pace, constant);
  else single(out, at, length, a, begin, pace, constant);
}

/** Values of a line between its voxels. */
export function interpolate(
  line: Float32Array,
  start: number,
  step: number,
  out: Float32Array,
  at: number,
  first: number,
  last: number,
) {
  for (let n = first; n <= last; n++) {
    const place = start + n * step;
    const i = place | 0;
    const value = line[i] as number;
    out[at + n] = value + ((line[i + 1] as number) - value) * (place - i);
  }
}

function single(out: Float32Array, at: number, length: number, a: Part, begin: number, pace: number, constant: number) {
  const { plane, slope } = a;
  for (let n = 0, i = a.base + begin; n < length; n++, i += pace) out[at + n] = (plane[i] as number) * slope + constant;
}

function double(
  out: Float32Array,
  at: number,
  length: number,
  a: Part,
  b: Part,
  begin: number,
  pace: number,
  constant: number,
) {
  const [near, far, first, second] = [a.plane, b.plane, a.slope, b.slope];
  for (let n = 0, i = a.base + begin, j = b.base + begin; n < length; n++, i += pace, j += pace)
    out[at + n] = (near[i] as number) * first + (far[j] as number) * second + constant;
}

function quadruple(
  out: Float32Array,
  at: number,
  length: number,
  [a, b, c, d]: readonly [Part, Part, Part, Part],
  begin: number,
  pace: number,
  constant: number,
) {
  const [one, two, three, four] = [a.plane, b.plane, c.plane, d.plane];
  const [p, q, r, s] = [a.slope, b.slope, c.slope, d.slope];
  const [second, third, fourth] = [b.base - a.base, c.base - a.base, d.base - a.base];
  for (let n = 0, i = a.base + begin; n < length; n++, i += pace)
    out[at + n] =
      (one[i] as number) * p +
      (two[i + second] as number) * q +
      (three[i + third] as number) * r +
      (four[i + fourth] as number) * s +
      constant;
}

/** The sum of what lines have at a place between two of their voxels. */
export function between(parts: readonly Part[], place: number, stride: number): number {
  const i = Math.floor(place);
  let sum = 0;
  for (const { plane, base, slope } of parts) {
    const value = plane[base + i * stride] as number;
    const next = place > i ? ((plane[base + (i + 1) * stride] as number) - value) * (place - i) : 0;
    sum += (value + next) * slope;
  }
  return sum;
}
