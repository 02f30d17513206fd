/** Values of a volume on any plane through it, by trilinear interpolation. */

import type { Frame } from "../frame";
import type { Vec3 } from "../space/geometry";
import { fillAcross } from "./across";
import type { Cut } from "./cut";
import { type Grid, inSteps, minus, plus, scale } from "./grid";
import { fillAlong, type Volume } from "./lines";
import { atOnce, combining, type Slab, type Steps, samplesOf } from "./slab";

export function volumeOf(grid: Grid, frames: readonly Frame[]): Volume {
  const slopes = Float64Array.from(frames, ({ rescale }) => rescale.slope);
  const intercepts = Float64Array.from(frames, ({ rescale }) => rescale.intercept);
  return {
    ...grid,
    planes: frames.map((frame) => frame.values),
    slopes,
    intercepts,
    even: slopes.every((one) => one === slopes[0]) && intercepts.every((one) => one === intercepts[0]),
    nearest: frames[0]?.mask === true,
  };
}

/** Gives the planes of a slab, by the place of the first and their number, or planes made of some of them: it may have kept them. */
export type Parts = (first: number, samples: number) => Iterable<Float32Array>;

/** The values of one plane of a cut, after the rescale; not-a-number outside of the volume. */
export function reslice(
  volume: Volume,
  cut: Cut,
  index: number,
  slab: Slab = { kind: "none", mm: 0 },
  parts: Parts = eachPlane((place) => planeAt(volume, cut, place)),
): Float32Array {
  return atOnce(reslicing(volume, cut, index, slab, parts));
}

/** The same in steps: each makes a plane, of a slab one of those that it takes. */
export function* reslicing(volume: Volume, cut: Cut, index: number, slab: Slab, parts: Parts): Steps {
  const samples = samplesOf(slab, cut.step);
  if (slab.kind === "none" || samples === 1) return planeAt(volume, cut, index);
  return yield* combining(slab.kind, parts(index - (samples - 1) / 2, samples));
}

/** A slab's planes, one by one. */
export const eachPlane = (planes: (place: number) => Float32Array): Parts =>
  function* (first, samples) {
    for (let n = 0; n < samples; n++) yield planes(first + n);
  };

/** A number that is whole but for the last digits of its computation, as the whole number. */
const whole = (value: number) => (Math.abs(value - Math.round(value)) < 1e-7 ? Math.round(value) : value);

/** The values of the plane at a place between the first plane of a cut (0) and its last. */
export function planeAt(volume: Volume, cut: Cut, place: number): Float32Array {
  const { axes, origin, size } = volume;
  // All at once: what lies outside of a row's part in the volume takes many times as long if each row is filled by itself.
  const out = new Float32Array(cut.rows * cut.columns).fill(Number.NaN);
  const first = inSteps(axes, minus(plus(cut.origin, scale(cut.normal, place * cut.step)), origin));
  const across = inSteps(axes, scale(cut.row, cut.spacing)).map(whole) as unknown as Vec3;
  const down = inSteps(axes, scale(cut.column, cut.spacing)).map(whole) as unknown as Vec3;
  // Along rows or columns of the stored planes, which is most often so, lines are taken as they are stored.
  const along = across[2] !== 0 || volume.nearest ? null : across[1] === 0 ? 0 : across[0] === 0 ? 1 : null;
  for (let row = 0, at = 0; row < cut.rows; row++, at += cut.columns) {
    const start = first.map((mm, axis) => whole(mm + row * (down[axis] as number))) as unknown as Vec3;
    let [from, to] = [0, cut.columns - 1];
    for (const axis of [0, 1, 2] as const) [from, to] = within(start[axis], across[axis], size[axis], from, to);
    if (from > to) continue;
    if (along === null) fillAcross(volume, start, across, out, at, from, to);
    else fillAlong(volume, along, start, across[along], out, at, from, to);
  }
  return out;
}

/** The columns between `from` and `to` at which `start + column * step` is at most half a voxel outside of `size`. */
function within(start: number, step: number, size: number, from: number, to: number): [number, number] {
  const [low, high] = [-0.5 - start, size - 0.5 - start];
  if (step === 0) return low <= 0 && high >= 0 ? [from, to] : [0, -1];
  const [a, b] = step > 0 ? [low / step, high / step] : [high / step, low / step];
  return [Math.max(from, Math.ceil(a)), Math.min(to, Math.floor(b))];
}
