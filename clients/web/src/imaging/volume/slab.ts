/** What is made of the planes within a thickness. */

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

/** How many planes are taken in one pass over the pixels: a slab has many, and each pass reads and writes all of them. */
const AT_ONCE = 4;
type Planes = readonly [Float32Array, Float32Array, Float32Array, Float32Array];

/** Planes of one size as one. What is no number, as outside of the volume, does not count; without any there is none. */
export function combined(kind: Exclude<SlabKind, "none">, planes: Iterable<Float32Array>): Float32Array {
  let out: Float32Array | null = null;
  let counts: Uint16Array | null = null;
  for (const group of grouped(planes)) {
    const { length } = group[0] as Float32Array;
    if (!out) {
      out = new Float32Array(length).fill(NOTHING[kind]);
      if (kind === "mean") counts = new Uint16Array(length);
    }
    if (counts) add(out, counts, group);
    // The last one once more changes neither the highest nor the lowest value.
    else (kind === "max" ? raise : lower)(out, filled(group));
  }
  if (!out) return new Float32Array();
  for (let i = 0; i < out.length; i++) {
    const value = out[i] as number;
    if (counts) out[i] = value / (counts[i] as number);
    else if (value === NOTHING[kind]) out[i] = Number.NaN;
  }
  return out;
}

/** What stands where no value has been yet: every number is beyond it. */
const NOTHING = { max: Number.NEGATIVE_INFINITY, min: Number.POSITIVE_INFINITY, mean: 0 };

function* grouped(planes: Iterable<Float32Array>): Generator<Float32Array[]> {
  let group: Float32Array[] = [];
  for (const plane of planes) {
    group.push(plane);
    if (group.length < AT_ONCE) continue;
    yield group;
    group = [];
  }
  if (group.length) yield group;
}

const filled = (group: readonly Float32Array[]) =>
  Array.from({ length: AT_ONCE }, (_, n) => group[Math.min(n, group.length - 1)]) as unknown as Planes;

// What is no number makes the whole no number: only there each plane is asked apart. Else nothing need be decided.
function raise(out: Float32Array, planes: Planes): void {
  const [p, q, r, s] = planes;
  for (let i = 0; i < out.length; i++) {
    const before = out[i] as number;
    const most = Math.max(before, p[i] as number, q[i] as number, r[i] as number, s[i] as number);
    out[i] = Number.isNaN(most) ? highest(before, planes, i) : most;
  }
}

function lower(out: Float32Array, planes: Planes): void {
  const [p, q, r, s] = planes;
  for (let i = 0; i < out.length; i++) {
    const before = out[i] as number;
    const least = Math.min(before, p[i] as number, q[i] as number, r[i] as number, s[i] as number);
    out[i] = Number.isNaN(least) ? lowest(before, planes, i) : least;
  }
}

function highest(before: number, planes: Planes, i: number): number {
  let most = before;
  for (const plane of planes) if ((plane[i] as number) > most) most = plane[i] as number;
  return most;
}

function lowest(before: number, planes: Planes, i: number): number {
  let least = before;
  for (const plane of planes) if ((plane[i] as number) < least) least = plane[i] as number;
  return least;
}

function add(out: Float32Array, counts: Uint16Array, group: readonly Float32Array[]): void {
  if (group.length === AT_ONCE) addAll(out, counts, group as unknown as Planes);
  else for (const plane of group) addOne(out, counts, plane);
}

function addAll(out: Float32Array, counts: Uint16Array, planes: Planes): void {
  const [p, q, r, s] = planes;
  for (let i = 0; i < out.length; i++) {
    const sum = (p[i] as number) + (q[i] as number) + (r[i] as number) + (s[i] as number);
    if (Number.isNaN(sum)) {
      for (const plane of planes) addAt(out, counts, plane, i);
    } else {
      out[i] = (out[i] as number) + sum;
      counts[i] = (counts[i] as number) + AT_ONCE;
    }
  }
}

function addOne(out: Float32Array, counts: Uint16Array, plane: Float32Array): void {
  for (let i = 0; i < out.length; i++) addAt(out, counts, plane, i);
}

function addAt(out: Float32Array, counts: Uint16Array, plane: Float32Array, i: number): void {
  const value = plane[i] as number;
  if (Number.isNaN(value)) return;
  out[i] = (out[i] as number) + value;
  counts[i] = (counts[i] as number) + 1;
}
