import { expect, it } from "vitest";
import { boxOn, type Placement, pixelOf, pointOn } from "./places";

// Rows along (0.6, 0.8, 0), columns along -z, the normal (-0.8, 0.6, 0); pixels of 0.5 mm along a row, 2 mm down.
const OBLIQUE: Placement = { position: [10, 20, 30], orientation: [0.6, 0.8, 0, 0, 0, -1], spacing: [2, 0.5] };
const AXIAL: Placement = { position: [-10, -20, 5], orientation: [1, 0, 0, 0, 1, 0], spacing: [1, 1] };

it("a point falls on the pixel whose centre lies there, on an oblique plane of non-square pixels", () => {
  // Column 8 is 4 mm along (0.6, 0.8, 0), row 3 is 6 mm down, and 1.5 mm along the normal.
  const point = [10 + 2.4 - 1.2, 20 + 3.2 + 0.9, 24] as const;
  const { column, row, away } = pixelOf(OBLIQUE, point);
  expect([column, row, away].map((value) => Number(value.toFixed(9)))).toEqual([8, 3, 1.5]);
  expect(pointOn(OBLIQUE, [1, 1.5001], point)).not.toBeNull();
  expect(pointOn(OBLIQUE, [2, 1.4], point)).toBeNull();
});

it("a box is drawn where the plane cuts it", () => {
  const box = [
    [-8, -18, 0],
    [-4, -10, 9],
  ] as const;
  expect(boxOn(AXIAL, [1, 1], box)).toEqual([
    { column: 2, row: 2 },
    { column: 6, row: 2 },
    { column: 6, row: 10 },
    { column: 2, row: 10 },
  ]);
  // The oblique plane holds 0.6 of x for 0.8 of y: it cuts x from 10 to 13 where y runs from 20 to 24.
  const cut = boxOn(
    OBLIQUE,
    [1, 1],
    [
      [10, 0, 24],
      [13, 90, 28],
    ],
  );
  expect(cut?.map(({ column, row }) => [column.toFixed(6), row.toFixed(6)].map(Number))).toEqual([
    [0, 1],
    [10, 1],
    [10, 3],
    [0, 3],
  ]);
});

it("a flat box belongs to the plane within whose reach it lies", () => {
  const flat = [
    [-8, -18, 6],
    [-4, -10, 6],
  ] as const;
  expect(boxOn(AXIAL, [0.5, 1], flat)).toHaveLength(4);
  expect(boxOn(AXIAL, [1, 0.5], flat)).toBeNull();
  expect(boxOn({ ...AXIAL, position: [-10, -20, 6] }, [0.5, 0.5], flat)).toHaveLength(4);
});
