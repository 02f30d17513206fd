import { expect, it } from "vitest";
import { cutOf } from "../../imaging/volume/cut";
import type { Volume } from "../../imaging/volume/lines";
import { reslice } from "../../imaging/volume/reslice";
import type { Slab } from "../../imaging/volume/slab";
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
  const slab: Slab = { kind, mm: 4.5 };
  const cut = cutOf(volume, "axial", 10, 5);
  const planes = keptPlanes(volume, cut, slab);
  // The first and the last reach beyond the volume; a jump leaves what is kept.
  for (const index of [0, 1, 2, 1, 0, 9, 10, cut.count - 1])
    expect(reslice(volume, cut, index, slab, planes)).toEqual(reslice(volume, cut, index, slab));
});

it("a slab that moves by a plane takes the other planes as they were computed", () => {
  const slab: Slab = { kind: "mean", mm: 4.5 };
  const cut = cutOf(volume, "axial");
  const planes = keptPlanes(volume, cut, slab);
  reslice(volume, cut, 4, slab, planes);
  const before = [4, 5].map(planes);
  reslice(volume, cut, 5, slab, planes);
  expect([4, 5].map(planes)).toEqual(before);
  expect(planes(4)).toBe(before[0]);
  expect(planes(5)).toBe(before[1]);
});
