/** What is made of the planes within a thickness. */

import { AT_ONCE, addFour, addPlane, type Four, lower, raise } from "./passes";

/** The highest value, the lowest, the mean; or one plane alone. */
export type SlabKind = "none" | "max" | "min" | "mean";

export interface Slab {
  kind: SlabKind;
  /** Thickness in mm. */
  mm: number;
}

/** How many planes a slab takes, each a cut's step from the next. */
export function samplesOf({ kind, mm }: Slab, step: number): number {
  return kind === "none" ? 1 : Math.max(1, Math.round(mm / step));
}

/** Planes of one size as one, also some that are made of others, unless it is their mean. What is no number, as outside of the volume, does not count; without any there is none. */
export function combined(kind: Exclude<SlabKind, "none">, planes: Iterable<Float32Array>): Float32Array {
  return atOnce(combining(kind, planes));
}

/** The same in steps: each takes one of the planes. */
export function combining(kind: Exclude<SlabKind, "none">, planes: Iterable<Float32Array>): Steps {
  return kind === "mean" ? mean(planes) : extreme(kind, planes);
}

/** Values that are computed in steps, and returned after the last. */
export type Steps = Generator<void, Float32Array>;

/** All steps, one after the other. */
export function atOnce(steps: Steps): Float32Array {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function* extreme(kind: "max" | "min", planes: Iterable<Float32Array>): Steps {
  let out: Float32Array | null = null;
  for (const group of grouped(planes)) {
    yield;
    if (!group) continue;
    const four = filled(group);
    const made: Float32Array = out ?? new Float32Array(four[0].length);
    (kind === "max" ? raise : lower)(made, out ?? four[0], four);
    out = made;
  }
  return out ?? new Float32Array();
}

/** Groups of planes for one pass over their pixels; null for each plane with which none is full yet. */
function* grouped(planes: Iterable<Float32Array>): Generator<Float32Array[] | null> {
  let group: Float32Array[] = [];
  for (const plane of planes) {
    group.push(plane);
    if (group.length < AT_ONCE) yield null;
    else {
      yield group;
      group = [];
    }
  }
  if (group.length) yield group;
}

/** As many as are taken at once: the last one once more changes neither the highest nor the lowest value. */
const filled = (planes: readonly Float32Array[]) =>
  Array.from({ length: AT_ONCE }, (_, n) => planes[Math.min(n, planes.length - 1)]) as unknown as Four;

function* mean(planes: Iterable<Float32Array>): Steps {
  let out = new Float32Array();
  let counts = new Uint16Array();
  for (const group of grouped(planes)) {
    yield;
    if (!group) continue;
    const { length } = group[0] as Float32Array;
    if (out.length < length) [out, counts] = [new Float32Array(length), new Uint16Array(length)];
    if (group.length === AT_ONCE) addFour(out, counts, group as unknown as Four);
    else for (const plane of group) addPlane(out, counts, plane);
  }
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) / (counts[i] as number);
  return out;
}
