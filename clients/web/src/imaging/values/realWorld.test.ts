import { expect, it } from "vitest";
import type { Frame } from "../frame";
import { frameOf } from "../frame.fixture";
import { realWorldAt, unitText } from "./realWorld";
import type { RealWorldValues } from "./told";

const suv: RealWorldValues = { label: "SUV", unit: "g/ml{SUVbw}", first: 0, last: 100, slope: 0.5, intercept: 1 };
const frame = (realWorld: RealWorldValues[], more: Partial<Frame> = {}) =>
  frameOf(Int16Array.from([0, 10, 100, 101]), 1, 4, {
    rescale: { slope: 3, intercept: 7 },
    told: { realWorld, colourProfile: null, notApplied: [] },
    ...more,
  });
const values = (one: Frame, column: number) => realWorldAt(one, { column, row: 0 }).map(({ value }) => value);

it("a mapping takes stored values, whatever their rescale, within its range alone", () => {
  const columns = [-1, 0, 1, 2, 3, 4];
  expect(columns.map((column) => values(frame([suv]), column))).toEqual([[], [1], [6], [51], [], []]);
  expect(values(frame([{ ...suv, first: null, last: null }]), 3)).toEqual([51.5]);
});

it("each mapping that has the value is told, one by a table is not, nor is padding", () => {
  const counts = { ...suv, label: "counts", unit: "{counts}", slope: 2, intercept: 0 };
  const table = { ...suv, slope: null, intercept: null };
  expect(realWorldAt(frame([suv, table, counts]), { column: 1, row: 0 })).toEqual([
    { label: "SUV", unit: "g/ml", value: 6 },
    { label: "counts", unit: "counts", value: 20 },
  ]);
  expect(values(frame([suv], { padding: [5, 20] }), 1)).toEqual([]);
});

it.each([
  ["[hnsf'U]", "HU"],
  ["1", ""],
  ["g/ml{SUVbw}", "g/ml"],
  ["{SUVbw}g/ml", "g/ml"],
  ["{counts}", "counts"],
  ["1{counts}", "counts"],
  ["mm2/s", "mm²/s"],
  ["10*3/mm3", "10*3/mm³"],
  ["Bq/ml", "Bq/ml"],
])("the unit %s is written %s", (code, written) => expect(unitText(code)).toBe(written));
