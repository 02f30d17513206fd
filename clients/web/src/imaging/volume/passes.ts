/** Passes over the pixels of planes that become one: the inner loops of slabs. */

/** How many planes are taken in one pass over the pixels: a slab has many, and each pass reads and writes all of them. */
export const AT_ONCE = 4;
export type Four = readonly [Float32Array, Float32Array, Float32Array, Float32Array];

/** Values as far apart as this, as of masked pixels in some results, are compared: their sums would be rounded. */
const FAR = 1e6;

// The higher of two is half of their sum and distance: nothing is decided, which noise would make a processor guess
// wrong at every other pixel. Only where a value is no number, or far from the others, each plane is asked apart.
export function raise(out: Float32Array, before: Float32Array, [p, q, r, s]: Four): void {
  for (let i = 0; i < out.length; i++) {
    const start = before[i] as number;
    const a = p[i] as number;
    const b = q[i] as number;
    const c = r[i] as number;
    const d = s[i] as number;
    const x = Math.abs(start - a);
    const y = Math.abs(b - c);
    const one = (start + a + x) * 0.5;
    const other = (b + c + y) * 0.5;
    const z = Math.abs(one - other);
    const both = (one + other + z) * 0.5;
    const w = Math.abs(both - d);
    let most = (both + d + w) * 0.5;
    if (!(x + y + z + w < FAR)) {
      most = start;
      if (a > most || Number.isNaN(most)) most = a;
      if (b > most || Number.isNaN(most)) most = b;
      if (c > most || Number.isNaN(most)) most = c;
      if (d > most || Number.isNaN(most)) most = d;
    }
    out[i] = most;
  }
}

export function lower(out: Float32Array, before: Float32Array, [p, q, r, s]: Four): void {
  for (let i = 0; i < out.length; i++) {
    const start = before[i] as number;
    const a = p[i] as number;
    const b = q[i] as number;
    const c = r[i] as number;
    const d = s[i] as number;
    const x = Math.abs(start - a);
    const y = Math.abs(b - c);
    const one = (start + a - x) * 0.5;
    const other = (b + c - y) * 0.5;
    const z = Math.abs(one - other);
    const both = (one + other - z) * 0.5;
    const w = Math.abs(both - d);
    let least = (both + d - w) * 0.5;
    if (!(x + y + z + w < FAR)) {
      least = start;
      if (a < least || Number.isNaN(least)) least = a;
      if (b < least || Number.isNaN(least)) least = b;
      if (c < least || Number.isNaN(least)) least = c;
      if (d < least || Number.isNaN(least)) least = d;
    }
    out[i] = least;
  }
}

export function addFour(out: Float32Array, counts: Uint16Array, [p, q, r, s]: Four): void {
  for (let i = 0; i < out.length; i++) {
    const a = p[i] as number;
    const b = q[i] as number;
    const c = r[i] as number;
    const d = s[i] as number;
    const sum = a + b + c + d;
    if (!Number.isNaN(sum)) {
      out[i] = (out[i] as number) + sum;
      counts[i] = (counts[i] as number) + AT_ONCE;
      continue;
    }
    const there =
      Number(!Number.isNaN(a)) + Number(!Number.isNaN(b)) + Number(!Number.isNaN(c)) + Number(!Number.isNaN(d));
    if (there === 0) continue;
    out[i] = (out[i] as number) + (a || 0) + (b || 0) + (c || 0) + (d || 0);
    counts[i] = (counts[i] as number) + there;
  }
}

export function addPlane(out: Float32Array, counts: Uint16Array, plane: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    const value = plane[i] as number;
    if (Number.isNaN(value)) continue;
    out[i] = (out[i] as number) + value;
    counts[i] = (counts[i] as number) + 1;
  }
}
