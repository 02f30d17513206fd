import { expect, it } from "vitest";
import { type Frame, valueAt } from "../frame";
import { physicalPosition } from "../space/geometry";
import { type Cut, cutOf } from "./cut";
import type { Volume } from "./lines";
import { reslice } from "./reslice";
import { resliced } from "./resliced";
import type { Slab, SlabKind } from "./slab";

const [columns, rows, depth] = [9, 8, 7];

/** A volume of voxels of 1 x 1 x 1.5 mm with the values that a function gives its columns, rows and planes. */
function volumeOf(value: (x: number, y: number, z: number) => number): Volume {
  const plane = (z: number) =>
    Int16Array.from({ length: columns * rows }, (_, i) => value(i % columns, Math.floor(i / columns), z));
  return {
    size: [columns, rows, depth],
    origin: [5, -3, 10],
    axes: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1.5],
    ],
    planes: Array.from({ length: depth }, (_, z) => plane(z)),
    slopes: new Float64Array(depth).fill(2),
    intercepts: new Float64Array(depth).fill(-5),
    even: true,
    nearest: false,
  };
}
const noise = volumeOf((x, y, z) => (x * 37 + y * 101 + z * 59) % 251);
const like = { samples: 1, windows: [], geometry: {}, rescale: { slope: 1, intercept: 0 } } as unknown as Frame;
const slabOf = (kind: SlabKind): Slab => ({ kind, mm: 5 });
const KINDS: readonly SlabKind[] = ["none", "max", "min", "mean"];
const apart = (one: number, other: number) => (Number.isNaN(one) && Number.isNaN(other) ? 0 : Math.abs(one - other));

it.each(KINDS)("the value at a pixel (%s) is the plane's, and computes no other", (kind) => {
  const cut = cutOf(noise, "coronal", 20, 30);
  const all = reslice(noise, cut, 3, slabOf(kind));
  const plane = resliced(noise, like, cut, 3, slabOf(kind));
  for (let at = 0; at < all.length; at++) {
    const found = valueAt(plane, at % cut.columns, Math.floor(at / cut.columns)) as number;
    expect(apart(found, all[at] as number), `pixel ${at}`).toBeLessThan(1e-3);
  }
  expect(plane.computed?.here).toBe(false);
});

it.each(KINDS)("a plane that is computed step by step (%s) equals one that is computed at once", (kind) => {
  const cut = cutOf(noise, "coronal", 20, 30);
  const { computed, ...rest } = resliced(noise, like, cut, 3, slabOf(kind));
  expect(rest.values).toEqual(reslice(noise, cut, 3, slabOf(kind)));
  const stepped = resliced(noise, like, cut, 3, slabOf(kind));
  let steps = 0;
  while (!stepped.computed?.step()) steps++;
  expect(steps, "planes of a slab").toBeGreaterThanOrEqual(kind === "none" ? 0 : 4);
  expect(stepped.values).toEqual(rest.values);
});

it("a coarse plane has the values of the middle of each four pixels, at their very place", () => {
  const even = volumeOf((x, y, z) => 3 * x + 5 * y + 7 * z);
  const cut: Cut = { ...cutOf(even, "axial", 10, 5), rows: 5, columns: 6 };
  const whole = resliced(even, like, cut, 3, slabOf("none"));
  const coarse = whole.computed?.coarse() as Frame;
  expect([coarse.rows, coarse.columns]).toEqual([3, 3]);
  expect(physicalPosition(coarse.geometry, { column: 1, row: 1 })?.map((mm) => mm.toFixed(6))).toEqual(
    physicalPosition(whole.geometry, { column: 2.5, row: 2.5 })?.map((mm) => mm.toFixed(6)),
  );
  const four = [14, 15, 20, 21].map((at) => whole.values[at] as number);
  expect(coarse.values[4]).toBeCloseTo(four.reduce((sum, value) => sum + value, 0) / 4, 3);
});
