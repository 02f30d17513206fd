import { expect, it } from "vitest";
import type { Frame } from "../frame";
import type { PlaneGeometry } from "../space/geometry";
import { cutOf, placeOf } from "./cut";
import { type Grid, gridOf, plus, scale } from "./grid";
import { reslice, volumeOf } from "./reslice";

const SHOWN = { samples: 1, windows: [], fn: "LINEAR", lut: null, padding: null, invert: false, unit: "HU" } as const;
const [COLUMNS, ROWS] = [6, 5];

/** Four planes with values that grow evenly along each axis, and so are the same between their voxels. */
const value = (x: number, y: number, z: number) => 3 * x + 5 * y + 7 * z;
const frames = [0, 3, 6, 9].map((z): Frame => {
  const geometry: PlaneGeometry = { spacing: [2, 1], position: [0, 0, z], orientation: [1, 0, 0, 0, 1, 0] };
  const length = COLUMNS * ROWS;
  const values = Int16Array.from({ length }, (_, i) => value(i % COLUMNS, 2 * Math.floor(i / COLUMNS), z) - 4);
  return { ...SHOWN, rows: ROWS, columns: COLUMNS, values, rescale: { slope: 1, intercept: 4 }, geometry };
});
const planes = frames.map((one) => one.geometry);
const grid = gridOf(planes, ROWS, COLUMNS) as Grid;

it.each([1, 0.7])("a tilted plane with pixels of %f mm has the values between four stored lines", (spacing) => {
  const cut = { ...cutOf(grid, "coronal", 20), spacing };
  const index = Math.floor(cut.count / 2);
  const found = reslice(volumeOf(grid, frames), cut, index);
  const first = placeOf(cut, index).position ?? [0, 0, 0];
  let compared = 0;
  for (const [at, one] of found.entries()) {
    const [across, down] = [(at % cut.columns) * spacing, Math.floor(at / cut.columns) * spacing];
    const [x, y, z] = plus(first, plus(scale(cut.row, across), scale(cut.column, down)));
    if (x > 5 || y < 0 || y > 8 || z < 0 || z > 9) continue;
    expect(one).toBeCloseTo(value(x, y, z), 3);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(20);
});
