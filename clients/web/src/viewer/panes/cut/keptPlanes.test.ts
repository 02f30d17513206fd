import { expect, it } from "vitest";
import { cutOf } from "../../../imaging/volume/cut";
import type { Volume } from "../../../imaging/volume/lines";
import { reslice } from "../../../imaging/volume/reslice";
import type { Slab } from "../../../imaging/volume/slab";
import { keptPlanes } from "./keptPlanes";

const [side, depth] = [6, 12];
const volume: Volume = {
  size: [side, side, depth],
  origin: [0, 0, 0],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1.5],
  ],
  planes: Array.from({ length: depth }, (_, k) =>
    Int16Array.from({ length: side * side }, (_, i) => (i * 37 + k * 101) % 251),
  ),
  slopes: new Float64Array(depth).fill(2),
  intercepts: new Float64Array(depth).fill(-5),
  even: true,
  nearest: false,
};

it.each(["max", "min", "mean"] as const)("a slab that goes to and fro (%s) equals one that is made anew", (kind) => {
  const slab: Slab = { kind, mm: 10 };
  const cut = cutOf(volume, "axial", 10, 5);
  const parts = keptPlanes(volume, cut, slab);
  // The first and the last reach beyond the volume; a jump leaves what is kept.
  for (const index of [0, 1, 2, 3, 4, 5, 4, 3, 2, 1, 0, 9, 10, cut.count - 1]) {
    const found = reslice(volume, cut, index, slab, parts);
    const anew = reslice(volume, cut, index, slab);
    expect(Array.from(found, Number.isNaN), `plane ${index}`).toEqual(Array.from(anew, Number.isNaN));
    // Sums in another order are rounded otherwise.
    const apart = found.map((value, at) => Math.abs(value - (anew[at] as number)) || 0);
    expect(Math.max(...apart), `plane ${index}`).toBeLessThan(1e-3);
  }
});

it.each([
  ["max", 4],
  ["mean", 7],
] as const)("a slab that moves by a plane (%s) takes the other planes as they were computed", (kind, count) => {
  const parts = keptPlanes(volume, cutOf(volume, "axial"), { kind, mm: 10 });
  const before = [...parts(3, 7)];
  const after = [...parts(4, 7)];
  expect([before, after].map(({ length }) => length)).toEqual([count, count]);
  for (const [n, part] of after.slice(0, -1).entries()) expect(part).toBe(before[n + 1]);
});
