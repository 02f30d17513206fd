import { expect, it } from "vitest";
import type { Frame } from "../frame";
import type { PlaneGeometry, Vec3 } from "../space/geometry";
import { type Cut, cutOf, placeOf } from "./cut";
import { cross, dot, type Grid, gridOf } from "./grid";
import { reslice, volumeOf } from "./reslice";
import fixture from "./reslice.fixture.json";
import { resliced } from "./resliced";
import type { Slab } from "./slab";

const [columns, rows, count] = fixture.size as [number, number, number];
const vec = (values: number[]) => values as unknown as Vec3;
const plane = (at: number): PlaneGeometry => ({
  spacing: [fixture.spacing[1] as number, fixture.spacing[0] as number],
  position: vec(
    fixture.origin.map((mm, n) => mm + at * (fixture.spacing[2] as number) * (fixture.direction[2]?.[n] as number)),
  ),
  orientation: [
    ...(fixture.direction[0] as number[]),
    ...(fixture.direction[1] as number[]),
  ] as unknown as PlaneGeometry["orientation"],
});
const places = Array.from({ length: count }, (_, at) => plane(at));
const grid = gridOf(places, rows, columns) as Grid;
const SHOWN = { samples: 1, windows: [], fn: "LINEAR", lut: null, padding: null, invert: false, unit: "HU" } as const;

/** The fixture's planes as stored values, each with a rescale of its own, as PET has, or all with the same. */
const stored = (own: number) =>
  places.map((geometry, at): Frame => {
    const rescale = { slope: 0.5 + (own * at) / 4, intercept: -10 * own * at - 3 };
    const values = fixture.values
      .slice(at * rows * columns, (at + 1) * rows * columns)
      .map((value) => (value - rescale.intercept) / rescale.slope);
    return { ...SHOWN, rows, columns, values: Float64Array.from(values), rescale, geometry };
  });
const frames = stored(1);
const even = stored(0);

it.each(fixture.planes.map((one, n) => [n, one.slab.kind, one] as const))(
  "plane %i (%s) equals SimpleITK's resampling",
  (_, __, { origin, axes, step, slab, values }) => {
    const [row, column, normal] = axes.map(vec) as [Vec3, Vec3, Vec3];
    const cut: Cut = {
      rows: 12,
      columns: 14,
      count: 1,
      origin: vec(origin),
      row,
      column,
      normal,
      spacing: fixture.pixel,
      step,
    };
    for (const planes of [frames, even]) {
      const found = reslice(volumeOf(grid, planes), cut, 0, slab as Slab);
      // Values of a CT's range, to a hundredth: far less than one grey level of any window.
      for (const [at, value] of values.entries()) {
        if (value === null) expect(found[at], `pixel ${at}`).toBeNaN();
        else expect(Math.abs((found[at] as number) - value), `pixel ${at}`).toBeLessThan(0.05);
      }
    }
  },
);

const straight = (step = 3): (PlaneGeometry | null)[] =>
  [0, 1, 2, 3].map((at) => ({ spacing: [2, 1], position: [10, 20, 30 + step * at], orientation: [1, 0, 0, 0, 1, 0] }));

it("planes of the patient have the right size, direction and place", () => {
  const box = gridOf(straight(), 5, 6) as Grid;
  const axial = cutOf(box, "axial");
  expect(axial).toMatchObject({ columns: 6, rows: 9, count: 4, spacing: 1, step: 3, origin: [10, 20, 30] });
  const coronal = cutOf(box, "coronal");
  expect(coronal).toMatchObject({ columns: 6, rows: 10, count: 5, step: 2, origin: [10, 20, 39] });
  expect(placeOf(coronal, 2)).toMatchObject({ position: [10, 24, 39], orientation: [1, 0, 0, 0, 0, -1] });
  expect(cutOf(box, "sagittal")).toMatchObject({ columns: 9, rows: 10, count: 6, step: 1, origin: [10, 20, 39] });
});

it("a tilt of 90 degrees makes another plane of the patient, and every turned one has right angles", () => {
  const box = gridOf(straight(), 5, 6) as Grid;
  expect(cutOf(box, "axial", 90)).toMatchObject({ row: [1, 0, 0], column: [0, 0, 1], rows: 10, columns: 6, count: 5 });
  for (const [tilt, turn] of [
    [30, 0],
    [-20, 50],
    [90, -90],
  ]) {
    const { row, column, normal } = cutOf(box, "coronal", tilt, turn);
    expect(dot(cross(row, column), normal)).toBeCloseTo(1, 12);
    expect(dot(row, column)).toBeCloseTo(0, 12);
  }
});

it("an axial plane of an axial stack has its very values, and its own unit and window", () => {
  const box = gridOf(straight(), 2, 2) as Grid;
  const stored = [1, 2, 3, 4].map(
    (n) => ({ ...frames[0], values: Int16Array.from([n, 2 * n, 3 * n, 4 * n]) }) as Frame,
  );
  for (const one of stored) Object.assign(one, { rescale: { slope: 2, intercept: 1 }, rows: 2, columns: 2 });
  const cut = cutOf(box, "axial");
  const found = resliced(volumeOf(box, stored), stored[0] as Frame, cut, 1, { kind: "none", mm: 0 });
  // Rows are 2 mm apart and pixels 1 mm: between two rows is their mean.
  expect([...found.values]).toEqual([5, 9, 9, 13, 13, 17]);
  expect(found).toMatchObject({ rows: 3, columns: 2, unit: "HU", rescale: { slope: 1, intercept: 0 } });
});

it("labels are taken as they are", () => {
  const box = gridOf(straight(), 1, 2) as Grid;
  const stored = [1, 4, 4, 1].map((n) => ({ ...frames[0], mask: true, values: Uint8Array.from([n, n]) }) as Frame);
  for (const one of stored) Object.assign(one, { rescale: { slope: 1, intercept: 0 } });
  expect(new Set(reslice(volumeOf(box, stored), cutOf(box, "coronal", 10), 0).filter(Number.isFinite))).toEqual(
    new Set([1, 4]),
  );
});

it("what is no volume says why", () => {
  expect(gridOf(straight().slice(0, 1), 5, 6)).toBe("single");
  expect(gridOf([...straight().slice(0, 3), null], 5, 6)).toBe("places");
  expect(gridOf(straight(0), 5, 6), "a cine: all planes at one place").toBe("irregular");
  const uneven = straight() as PlaneGeometry[];
  uneven[2] = { ...(uneven[2] as PlaneGeometry), position: [10, 20, 37] };
  expect(gridOf(uneven, 5, 6)).toBe("irregular");
  const turned = straight() as PlaneGeometry[];
  turned[1] = { ...(turned[1] as PlaneGeometry), orientation: [0, 1, 0, -1, 0, 0] };
  expect(gridOf(turned, 5, 6)).toBe("irregular");
});
