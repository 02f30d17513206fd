import { expect, it } from "vitest";
import type { Frame } from "../frame";
import { frameOf } from "../frame.fixture";
import { figures } from "./measure";

/** Values 0, 1, 2, ... row by row, as numpy's arange(rows * columns).reshape(rows, columns). */
const plane = (rows: number, columns: number, more: Partial<Frame> = {}) =>
  frameOf(
    Int16Array.from({ length: rows * columns }, (_, i) => i),
    rows,
    columns,
    { geometry: { spacing: [2, 0.5], position: null, orientation: null }, unit: "HU", ...more },
  );
const at = (column: number, row: number) => ({ column, row });
const named = (frame: Frame, shape: "ellipse" | "rectangle", a: [number, number], b: [number, number]) =>
  Object.fromEntries(figures(frame, { shape, points: [at(...a), at(...b)] }).map(({ name, value }) => [name, value]));

it("a length says where it holds, and is in pixels without a spacing", () => {
  const points = [at(0, 0), at(6, 2)];
  expect(figures(plane(10, 10), { shape: "length", points })).toMatchObject([{ value: 5, unit: "mm" }]);
  const detector = plane(10, 10, {
    geometry: { spacing: [1, 1], meaning: "detector", position: null, orientation: null },
  });
  expect(figures(detector, { shape: "length", points })[0]).toMatchObject({ unit: "mm", meaning: "detector" });
  const unknown = plane(10, 10, { geometry: { spacing: null, position: null, orientation: null } });
  expect(figures(unknown, { shape: "length", points: [at(0, 0), at(3, 4)] })[0]).toEqual({
    name: "length",
    value: 5,
    unit: "px",
  });
});

it("a point has its pixel's value, a colour's three parts, and none outside of the image or of a volume", () => {
  const grey = plane(10, 10);
  expect(figures(grey, { shape: "point", points: [at(3.4, 1.6)] })).toEqual([
    { name: "value", value: 23 * grey.rescale.slope + grey.rescale.intercept, unit: grey.unit },
  ]);
  expect(figures(grey, { shape: "point", points: [at(-3, 1)] })).toEqual([]);
  const colour = plane(1, 2, { samples: 3, values: Uint8Array.of(1, 2, 3, 40, 50, 60) });
  expect(figures(colour, { shape: "point", points: [at(1, 0)] })).toMatchObject([
    { value: 40, unit: "R" },
    { value: 50, unit: "G" },
    { value: 60, unit: "B" },
  ]);
  const outside = plane(1, 1, { values: Float32Array.of(Number.NaN) });
  expect(figures(outside, { shape: "point", points: [at(0, 0)] })).toEqual([]);
});

it("an angle is that of the pixels' shape", () => {
  // Four columns of 0.5 mm and one row of 2 mm are the same length.
  const found = figures(plane(10, 10), { shape: "angle", points: [at(4, 0), at(0, 0), at(4, 1)] });
  expect(found[0]?.value).toBeCloseTo(45, 9);
  const wide = figures(plane(10, 10), { shape: "angle", points: [at(0, 5), at(5, 5), at(9, 5)] });
  expect(wide[0]?.value).toBeCloseTo(180, 9);
});

it("a rectangle's values are numpy's", () => {
  // numpy: v = arange(100).reshape(10, 10)[2:5, 3:8]; v.mean(), v.std(), v.min(), v.max(), v.size
  const found = named(plane(10, 10), "rectangle", [2.6, 4.4], [7.4, 1.6]);
  expect(found).toMatchObject({ mean: 35, min: 23, max: 47, pixels: 15 });
  expect(found.sd).toBeCloseTo(8.286535263104035, 12);
  expect(found.area).toBeCloseTo(4.8 * 0.5 * 2.8 * 2, 12);
});

it("an ellipse's values are numpy's", () => {
  // numpy: y, x = mgrid[:11, :11]; v = arange(121).reshape(11, 11)[((x - 5) / 3) ** 2 + ((y - 4) / 2) ** 2 <= 1]
  const found = named(plane(11, 11), "ellipse", [2, 2], [8, 6]);
  expect(found).toMatchObject({ mean: 49, min: 27, max: 71, pixels: 19 });
  expect(found.sd).toBeCloseTo(10.823950052399637, 12);
  expect(found.area).toBeCloseTo((Math.PI / 4) * 6 * 0.5 * 4 * 2, 12);
});

it("padding counts in no figure; the others are numpy's", () => {
  // numpy: the ellipse above of v * 2 - 1000, without (v >= 40) & (v <= 60)
  const padded = plane(11, 11, { rescale: { slope: 2, intercept: -1000 }, padding: [40, 60] });
  const found = named(padded, "ellipse", [2, 2], [8, 6]);
  expect(found).toMatchObject({ mean: -907.25, min: -946, max: -858, pixels: 8 });
  expect(found.sd).toBeCloseTo(29.663740492392392, 12);
});

it("values are after the rescale; what is no number and what lies outside is left out; colours have an area alone", () => {
  const frame = plane(2, 2, { values: Float32Array.of(1, Number.NaN, 3, 5), rescale: { slope: 2, intercept: -1 } });
  expect(named(frame, "rectangle", [-5, -5], [0.5, 5])).toMatchObject({ mean: 3, min: 1, max: 5, pixels: 2 });
  expect(Object.keys(named(plane(4, 4, { samples: 3 }), "rectangle", [0, 0], [2, 2]))).toEqual(["area"]);
});
