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

/** Planes of one size as one. What is no number, as outside of the volume, does not count; without any there is none. */
export function combined(kind: Exclude<SlabKind, "none">, planes: Iterable<Float32Array>): Float32Array {
  let out: Float32Array | null = null;
  let counts: Uint16Array | null = null;
  for (const plane of planes) {
    if (!out) {
      out = plane.slice();
      if (kind === "mean") counts = Uint16Array.from(out, (value) => (Number.isNaN(value) ? 0 : 1));
    } else if (kind === "max") raise(out, plane);
    else if (kind === "min") lower(out, plane);
    else add(out, counts as Uint16Array, plane);
  }
  if (out && counts) for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) / (counts[i] as number);
  return out ?? new Float32Array();
}

// A comparison with what is no number is false: that nothing is there yet is asked for apart.
function raise(out: Float32Array, plane: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    const [before, value] = [out[i] as number, plane[i] as number];
    if (value > before || Number.isNaN(before)) out[i] = value;
  }
}

function lower(out: Float32Array, plane: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    const [before, value] = [out[i] as number, plane[i] as number];
    if (value < before || Number.isNaN(before)) out[i] = value;
  }
}

function add(out: Float32Array, counts: Uint16Array, plane: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    const [before, value] = [out[i] as number, plane[i] as number];
    if (Number.isNaN(value)) continue;
    out[i] = Number.isNaN(before) ? value : before + value;
    counts[i] = (counts[i] as number) + 1;
  }
}
