/** Values of a volume on any plane through it, by trilinear interpolation. */

import type { Frame } from "../frame";
import type { Vec3 } from "../geometry";
import { fillAcross } from "./across";
import { type Cut, placeOf } from "./cut";
import { type Grid, inSteps, minus, plus, scale } from "./grid";
import { fillAlong, type Volume } from "./lines";

/** What is made of the planes within a thickness: the highest value, the lowest, the mean; or one plane alone. */
export type SlabKind = "none" | "max" | "min" | "mean";

export interface Slab {
  kind: SlabKind;
  /** Thickness in mm. */
  mm: number;
}

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

/** How many planes a slab takes, each a cut's step from the next. */
export function samplesOf({ kind, mm }: Slab, step: number): number {
  return kind === "none" ? 1 : Math.max(1, Math.round(mm / step));
}

/** The values of one plane of a cut, after the rescale; not-a-number outside of the volume. */
export function reslice(volume: Volume, cut: Cut, index: number, slab: Slab = { kind: "none", mm: 0 }): Float32Array {
  const samples = samplesOf(slab, cut.step);
  const out = new Float32Array(cut.rows * cut.columns).fill(Number.NaN);
  const counts = slab.kind === "mean" && samples > 1 ? new Uint16Array(out.length) : null;
  const taken = samples === 1 ? "none" : slab.kind;
  for (let n = 0; n < samples; n++) layPlane(volume, cut, index + n - (samples - 1) / 2, taken, out, counts);
  if (counts) for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) / (counts[i] as number);
  return out;
}

/** A number that is whole but for the last digits of its computation, as the whole number. */
const whole = (value: number) => (Math.abs(value - Math.round(value)) < 1e-7 ? Math.round(value) : value);

function layPlane(
  volume: Volume,
  cut: Cut,
  index: number,
  kind: SlabKind,
  out: Float32Array,
  counts: Uint16Array | null,
): void {
  const { axes, origin, size } = volume;
  const first = inSteps(axes, minus(plus(cut.origin, scale(cut.normal, index * cut.step)), origin));
  const across = inSteps(axes, scale(cut.row, cut.spacing)).map(whole) as unknown as Vec3;
  const down = inSteps(axes, scale(cut.column, cut.spacing)).map(whole) as unknown as Vec3;
  // Along rows or columns of the stored planes, which is most often so, whole lines are added.
  const along = across[2] !== 0 || volume.nearest ? null : across[1] === 0 ? 0 : across[0] === 0 ? 1 : null;
  const line = new Float64Array(cut.columns);
  for (let row = 0; row < cut.rows; row++) {
    const start = first.map((at, axis) => whole(at + row * (down[axis] as number))) as unknown as Vec3;
    let [from, to] = [0, cut.columns - 1];
    for (const axis of [0, 1, 2] as const) [from, to] = within(start[axis], across[axis], size[axis], from, to);
    if (from > to) continue;
    if (along === null) fillAcross(volume, start, across, line, from, to);
    else fillAlong(volume, along, start, across[along], line, from, to);
    const at = row * cut.columns;
    if (kind === "none") out.set(line.subarray(from, to + 1), at + from);
    else lay(kind, line, out, at, from, to);
    if (counts) for (let i = at + from; i <= at + to; i++) counts[i] = (counts[i] as number) + 1;
  }
}

/** Lays a line over what a slab has so far. What is not there yet is no number, which is never less or more than one. */
function lay(
  kind: "max" | "min" | "mean",
  line: Float64Array,
  out: Float32Array,
  at: number,
  from: number,
  to: number,
): void {
  const sign = kind === "min" ? -1 : 1;
  for (let column = from, i = at + from; column <= to; column++, i++) {
    const [before, value] = [out[i] as number, line[column] as number];
    if (kind === "mean") out[i] = Number.isNaN(before) ? value : before + value;
    else if (!(sign * value <= sign * before)) out[i] = value;
  }
}

/** The columns between `from` and `to` at which `start + column * step` is at most half a voxel outside of `size`. */
function within(start: number, step: number, size: number, from: number, to: number): [number, number] {
  const [low, high] = [-0.5 - start, size - 0.5 - start];
  if (step === 0) return low <= 0 && high >= 0 ? [from, to] : [0, -1];
  const [a, b] = step > 0 ? [low / step, high / step] : [high / step, low / step];
  return [Math.max(from, Math.ceil(a)), Math.min(to, Math.floor(b))];
}

/** A plane of a volume as an image, shown as `like` is: through its window, in its unit. */
export function resliced(volume: Volume, like: Frame, cut: Cut, index: number, slab: Slab): Frame {
  return {
    ...like,
    rows: cut.rows,
    columns: cut.columns,
    samples: 1,
    values: reslice(volume, cut, index, slab),
    rescale: { slope: 1, intercept: 0 },
    geometry: { ...placeOf(cut, index), meaning: like.geometry.meaning },
    padding: null,
  };
}
